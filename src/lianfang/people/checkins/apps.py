"""The app's place in the house."""

from django.apps import AppConfig


class Checkins(AppConfig):
    """Make the label that of the folder."""

    name = "lianfang.people.checkins"
    label = "checkins"
