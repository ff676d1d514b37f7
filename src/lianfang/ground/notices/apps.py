"""The app's place in the house."""

from django.apps import AppConfig


class Notices(AppConfig):
    """Make the label that of the folder."""

    name = "lianfang.ground.notices"
    label = "notices"
