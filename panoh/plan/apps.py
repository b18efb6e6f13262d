from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "panoh.plan"
    label = "plan"
