"""What stands in an address or a call: days as 2020-01-31, within what can be meant."""

from datetime import date
from typing import Annotated

from django.urls import register_converter
from pydantic import AfterValidator

from lianfang.kernel.days import sane

#: A day as a call of the API names it, within the same bounds as in an address.
Day = Annotated[date, AfterValidator(sane)]


class DayInAddress:
    """A day as it stands in an address; one that does not exist is not found."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """Read a day; a ValueError makes the address unknown."""
        return sane(date.fromisoformat(value))

    def to_url(self, value: date | str) -> str:
        """Write a day."""
        return str(value)


register_converter(DayInAddress, "day")
