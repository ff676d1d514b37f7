"""The app's place in the house."""

from django.apps import AppConfig


class Register(AppConfig):
    """Make the label that of the folder."""

    name = "lianfang.people.register"
    label = "register"
