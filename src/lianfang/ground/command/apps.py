"""The app's place in the house."""

from django.apps import AppConfig


class Command(AppConfig):
    """Make the label that of the folder."""

    name = "lianfang.ground.command"
    label = "command"
