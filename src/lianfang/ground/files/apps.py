"""The app's place in the house."""

from django.apps import AppConfig


class Files(AppConfig):
    """Make the label that of the folder."""

    name = "lianfang.ground.files"
    label = "files"
