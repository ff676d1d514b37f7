"""What the doors see to at start-up."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model

ROOMS = ("services", "figures", "kinds", "rail")


class Doors(AppConfig):
    """Discover every act, figure, kind and screen entry; refuse to start without a wall."""

    name = "lianfang.ground.doors"
    label = "doors"

    def ready(self) -> None:
        """Complete the catalogues and look at every wall."""
        for app in apps.get_app_configs():
            if app.name.startswith("lianfang."):
                _discover(app)
                for model in app.get_models():
                    _walled(model)


def _discover(app: AppConfig) -> None:
    for room in ROOMS:
        if find_spec(f"{app.name}.{room}"):
            import_module(f"{app.name}.{room}")


def _walled(model: type[Model]) -> None:
    if not hasattr(model, "wall"):
        raise ImproperlyConfigured(
            f"{model.__name__} declares no wall: say whether its rows are placed, personal, "
            "addressed or for everybody (with the reason)."
        )
