from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pydantic import TypeAdapter, ValidationError

from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.web.addresses import Day, DayInAddress

DAYS = ("0001-01-01", "1999-12-31", "2100-01-01", "9999-12-31", "2020-02-30")


@pytest.mark.parametrize("day", DAYS)
def test_a_day_that_nobody_can_mean_is_no_address(
    day: str, mill: Unit, clerk: object, client: Client
) -> None:
    with pytest.raises(ValueError, match=r"day|outside"):
        DayInAddress().to_python(day)
    with pytest.raises(ValidationError):
        TypeAdapter(Day).validate_python(day)
    client.force_login(User.objects.get(), "allauth.account.auth_backends.AuthenticationBackend")
    for address in (f"/reports/{day}/", f"/reports/{day}/M/", f"/reports/bulletin/{day}/"):
        assert client.get(address).status_code == 404


def test_a_day_of_an_epidemic_is_an_address() -> None:
    assert DayInAddress().to_python("2020-01-31") == date(2020, 1, 31)
    assert reverse("reports:day", args=[date(2020, 1, 31)]) == "/reports/2020-01-31/"
