"""What a service did not foresee and the database refuses is said as a sentence too."""

import logging

import pytest

from lianfang.ground.doors.act import Act
from lianfang.ground.doors.models import Entry
from lianfang.ground.orgs.models import Unit
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput, Conflict


def twin(_actor: Actor, place: Unit) -> Unit:
    """Enter what somebody else has entered since it was looked for."""
    return Unit.objects.create(code=place.code, name="再来一次", kind=place.kind, path="001009")


def unfit(_actor: Actor, place: Unit) -> Unit:
    """Enter what no constraint allows."""
    return Unit.objects.create(code="Z", name="某公司", kind="castle", path="001009")


def test_who_comes_second_is_told_so_and_it_is_entered(mill: Unit, overseer: Actor) -> None:
    with pytest.raises(Conflict, match="already"):
        Act("units.enter", (), frozenset(), twin).on(mill).run(overseer)
    assert not Unit.objects.filter(name="再来一次").exists()
    assert Entry.objects.get(refused="Conflict").act == "units.enter"


def test_what_cannot_be_stored_is_refused_and_logged_without_the_row(
    mill: Unit, overseer: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR), pytest.raises(BadInput):
        Act("units.enter", (), frozenset(), unfit).on(mill).run(overseer)
    assert not Unit.objects.filter(code="Z").exists()
    assert "unit_kind_known" in caplog.text
    assert "某公司" not in caplog.text
