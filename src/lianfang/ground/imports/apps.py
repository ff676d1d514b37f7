"""The app's place in the house."""

from django.apps import AppConfig


class Imports(AppConfig):
    """Make the label that of the folder."""

    name = "lianfang.ground.imports"
    label = "imports"
