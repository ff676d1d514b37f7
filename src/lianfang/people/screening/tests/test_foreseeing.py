from dataclasses import replace

import pytest

from lianfang.ground.response import queries as response
from lianfang.ground.response.models import Response
from lianfang.ground.response.rules import Pack
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput
from lianfang.people.register.models import Person
from lianfang.people.screening import foreseeing
from lianfang.people.screening.rules import BadRule

RULES = "screening.rules"


def ruled(pack: Pack, when: str, status: str = "not_now") -> Pack:
    rule = {"code": "new", "when": when, "status": status, "zh": "新规", "en": "New rule"}
    leaf = replace(pack.leaf(RULES), value=[rule])
    return replace(pack, leaves={**pack.leaves, RULES: leaf})


def test_a_change_says_who_would_change_before_it_is_in_force(
    response_now: Pack, overseer: Actor, clerk: Actor, chen: Person, zhou: Person
) -> None:
    after = ruled(response_now, "in_town")
    told = foreseeing.foresee(overseer, response_now, after, clock.now())
    assert sum(int(str(each.values["n"])) for each in told) == 2
    assert {row.label.split(" ")[0] for each in told for row in each.rows} == {"陈小满", "周帆"}
    assert told[0].words["new"] == "Not now"
    mine = foreseeing.foresee(clerk, response_now, after, clock.now())
    assert [len(each.rows) for each in mine] == [1]
    assert not foreseeing.foresee(overseer, response_now, response_now, clock.now())


def test_rules_are_tried_on_a_made_up_person(response_now: Pack) -> None:
    pack = ruled(response_now, "temperature >= 38 and not in_town")
    told = foreseeing.answer(pack, {"temperature": "38.2", "in_town": "no"})
    assert told.word == "Not now"
    assert [getattr(each, "en", each) for each in told.reasons] == ["New rule"]
    assert foreseeing.answer(pack, {"temperature": "36"}).word == "May enter"
    assert foreseeing.answer(pack, {"temperature": "39"}).word == "Unknown"
    with pytest.raises(BadInput, match="temperature cannot be warm"):
        foreseeing.answer(pack, {"temperature": "warm"})


def test_a_rule_that_names_an_unknown_fact_is_refused(response_now: Pack) -> None:
    with pytest.raises(BadRule, match="moon, which is not a known person-fact"):
        foreseeing.check(ruled(response_now, "moon > 3"))
    assert ("temperature", "number") in foreseeing.names()


@pytest.fixture
def response_now(response: Response, overseer: Actor) -> Pack:
    """The pack that is in force this morning."""
    return _pack(overseer)


def _pack(actor: Actor) -> Pack:
    return response.pack_at(actor, clock.now())
