"""The app's place in the house."""

from django.apps import AppConfig


class Board(AppConfig):
    """Make the label that of the folder."""

    name = "lianfang.rollup.board"
    label = "board"
