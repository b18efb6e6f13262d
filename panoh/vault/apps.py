from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "panoh.vault"
    label = "vault"
