from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "panoh.access"
    label = "access"
