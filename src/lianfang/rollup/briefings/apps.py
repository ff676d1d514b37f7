"""The app's place in the house."""

from django.apps import AppConfig


class Briefings(AppConfig):
    """Make the label that of the folder."""

    name = "lianfang.rollup.briefings"
    label = "briefings"
