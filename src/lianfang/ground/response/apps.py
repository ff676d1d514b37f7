"""The app's name."""

from django.apps import AppConfig


class Response(AppConfig):
    """Named so that its words and tables are found."""

    name = "lianfang.ground.response"
    label = "response"
