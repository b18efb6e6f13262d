from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "panoh.web"
    label = "web"
