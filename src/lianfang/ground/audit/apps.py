"""The app's place in the house."""

from django.apps import AppConfig


class Audit(AppConfig):
    """Make the label that of the folder."""

    name = "lianfang.ground.audit"
    label = "audit"
