"""Django's entry for this app."""

from django.apps import AppConfig


class SigningConfig(AppConfig):
    """Routes of signatures."""

    name = "lianfang.ground.signing"
    label = "signing"
