"""The app's place in the house."""

from django.apps import AppConfig


class Reports(AppConfig):
    """Make the label that of the folder."""

    name = "lianfang.rollup.reports"
    label = "reports"
