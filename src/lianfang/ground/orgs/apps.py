"""The app's place in the house."""

from importlib import import_module

from django.apps import AppConfig


class Orgs(AppConfig):
    """Make the label that of the folder, and let sign-ins be entered."""

    name = "lianfang.ground.orgs"
    label = "orgs"

    def ready(self) -> None:
        """Connect the one module that may receive signals."""
        import_module("lianfang.ground.orgs.signin")
