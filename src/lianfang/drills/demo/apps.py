"""The app's place in the house."""

from django.apps import AppConfig


class Demo(AppConfig):
    """Make the label that of the folder."""

    name = "lianfang.drills.demo"
    label = "demo"
