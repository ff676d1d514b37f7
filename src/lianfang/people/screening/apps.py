"""The app's place in the house."""

from django.apps import AppConfig


class Screening(AppConfig):
    """Make the label that of the folder."""

    name = "lianfang.people.screening"
    label = "screening"
