"""The app's place in the house."""

from django.apps import AppConfig


class Liaison(AppConfig):
    """Make the label that of the folder."""

    name = "lianfang.work.liaison"
    label = "liaison"
