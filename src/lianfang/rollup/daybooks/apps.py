"""The app's place in the house."""

from django.apps import AppConfig


class Daybooks(AppConfig):
    """Make the label that of the folder."""

    name = "lianfang.rollup.daybooks"
    label = "daybooks"
