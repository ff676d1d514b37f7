"""The app's name."""

from django.apps import AppConfig


class Figures(AppConfig):
    """Named so that its words and tables are found."""

    name = "lianfang.ground.figures"
    label = "figures"
