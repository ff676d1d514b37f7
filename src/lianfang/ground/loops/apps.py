"""The app's place in the house."""

from django.apps import AppConfig


class Loops(AppConfig):
    """Make the label that of the folder."""

    name = "lianfang.ground.loops"
    label = "loops"
