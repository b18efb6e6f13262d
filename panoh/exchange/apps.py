from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "panoh.exchange"
    label = "exchange"
