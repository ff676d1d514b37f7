"""The app's place in the house."""

from django.apps import AppConfig


class Web(AppConfig):
    """Make the label that of the folder."""

    name = "lianfang.ground.web"
    label = "web"
