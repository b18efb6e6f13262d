from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "panoh.casework"
    label = "casework"
