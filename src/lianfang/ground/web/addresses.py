"""What stands in an address: days as 2020-01-31."""

from datetime import date

from django.urls import register_converter


class DayInAddress:
    """A day as it stands in an address; one that does not exist is not found."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """Read a day; a ValueError makes the address unknown."""
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        """Write a day."""
        return str(value)


register_converter(DayInAddress, "day")
