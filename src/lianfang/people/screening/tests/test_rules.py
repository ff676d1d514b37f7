import time
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.ground.response import shipped
from lianfang.people.screening import facts
from lianfang.people.screening.rules import (
    CAUTION,
    BadRule,
    Found,
    Rule,
    Screen,
    Status,
    caution,
    reason_words,
    rule,
    rules_of,
)

FACTS = {
    "in_town": pl.Boolean(),
    "days_since_key_area": pl.Int64(),
    "days_since_case_contact": pl.Int64(),
    "observation": pl.String(),
    "temperature": pl.Float64(),
    "symptoms_any": pl.Boolean(),
    "household_symptoms": pl.Boolean(),
    "checked_in_today": pl.Boolean(),
}
FEVER = Rule("fever", "temperature >= 37.3", Status.NOT_NOW)
CASE = Rule(
    "case_contact",
    "days_since_case_contact is not null and days_since_case_contact <= 14",
    Status.NOT_NOW,
)
HOME = Rule("household", "household_symptoms", Status.CHECK_FIRST)
AWAY = Rule("away", "not in_town", Status.CHECK_FIRST)
PACK = (AWAY, FEVER, CASE, HOME)
STATUSES = st.sampled_from(tuple(Status))
WHENS = st.sampled_from(
    (
        "temperature >= 37.3",
        "temperature < 35",
        "not in_town",
        "symptoms_any",
        "symptoms_any and not in_town",
        "days_since_key_area is not null and days_since_key_area <= 14",
        "observation in ('home_rest', 'home_observation')",
        "checked_in_today",
    )
)
RULES = st.lists(st.tuples(WHENS, STATUSES), max_size=12).map(
    lambda told: tuple(Rule(f"r{at}", when, status) for at, (when, status) in enumerate(told))
)
VALUES = {
    pl.Boolean: st.none() | st.booleans(),
    pl.Int64: st.none() | st.integers(0, 30),
    pl.Float64: st.none() | st.sampled_from((34.2, 35.0, 36.5, 37.2, 37.3, 39.0)),
    pl.String: st.none() | st.sampled_from(("home_rest", "home_observation", "central")),
}
PERSON = st.fixed_dictionaries({name: VALUES[type(kind)] for name, kind in FACTS.items()})


def say(rules: tuple[Rule, ...], *people: dict[str, object]) -> list[Found]:
    columns = {name: [person.get(name) for person in people] for name in FACTS}
    return Screen(rules, Status.MAY_ENTER, FACTS).apply(columns, len(people))


WELL: dict[str, object] = {"temperature": 36.5, "in_town": True, "household_symptoms": False}


def test_a_healthy_person_in_town_may_enter() -> None:
    assert say(PACK, WELL) == [Found(Status.MAY_ENTER, (), "")]


def test_fever_decides_and_every_reason_is_kept() -> None:
    assert say(PACK, WELL | {"temperature": 37.3, "in_town": False}) == [
        Found(Status.NOT_NOW, ("fever", "away"), "fever")
    ]


def test_the_more_cautious_status_decides_wherever_it_stands_in_the_pack() -> None:
    both = WELL | {"temperature": 38.0, "in_town": False}
    assert say((AWAY, FEVER), both)[0].rule == say((FEVER, AWAY), both)[0].rule == "fever"


def test_of_two_equally_cautious_rules_the_first_in_the_pack_decides() -> None:
    both = WELL | {"household_symptoms": True, "in_town": False}
    assert say((AWAY, HOME), both)[0].rule == "away"
    assert say((HOME, AWAY), both)[0].rule == "household"


def test_what_is_not_known_gives_unknown_and_names_the_gap() -> None:
    assert say(PACK, WELL | {"temperature": None, "household_symptoms": None}) == [
        Found(Status.UNKNOWN, ("missing:household_symptoms", "missing:temperature"), "")
    ]


def test_a_rule_that_holds_is_told_even_where_another_fact_is_missing() -> None:
    assert say(PACK, WELL | {"temperature": None, "in_town": False}) == [
        Found(Status.CHECK_FIRST, ("away",), "away")
    ]


def test_without_rules_the_pack_says_what_else() -> None:
    assert (
        Screen((), Status.MAY_ENTER, FACTS).apply({"in_town": [None, True]}, 2)
        == [Found(Status.MAY_ENTER, (), "")] * 2
    )


@settings(deadline=None)
@given(RULES, st.lists(PERSON, max_size=8))
def test_one_person_and_many_get_the_same_answer(
    rules: tuple[Rule, ...], people: list[dict[str, object]]
) -> None:
    assert say(rules, *people) == [say(rules, person)[0] for person in people]


@settings(deadline=None)
@given(RULES, PERSON, WHENS)
def test_another_rule_never_makes_a_status_less_cautious(
    rules: tuple[Rule, ...], person: dict[str, object], when: str
) -> None:
    more = (*rules, Rule("more", when, Status.NOT_NOW))
    assert caution(say(more, person)[0].status) <= caution(say(rules, person)[0].status)


@settings(deadline=None)
@given(RULES, PERSON, st.randoms())
def test_the_order_in_the_pack_changes_neither_status_nor_the_set_of_reasons(
    rules: tuple[Rule, ...], person: dict[str, object], random: object
) -> None:
    mixed = list(rules)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    first, second = say(rules, person)[0], say(tuple(mixed), person)[0]
    assert (first.status, set(first.reasons)) == (second.status, set(second.reasons))


@settings(deadline=None)
@given(RULES, PERSON, st.sampled_from(sorted(FACTS)))
def test_forgetting_a_fact_never_lets_anybody_in_by_a_comparison(
    rules: tuple[Rule, ...], person: dict[str, object], name: str
) -> None:
    bare = tuple(each for each in rules if "is not null" not in each.when)
    known = say(bare, person)[0].status
    less = say(bare, person | {name: None})[0].status
    if known != Status.MAY_ENTER:
        assert less != Status.MAY_ENTER


@pytest.mark.parametrize(
    ("when", "names"),
    [
        ("colour = 'red'", "colour"),
        ("abs(temperature) > 37", "abs()"),
        ("temperature > (select 37)", "select"),
        ("temperature > 37; drop", ";"),
        ("current_date > '2020-01-01'", "current_date"),
        ("temperature::int > 37", "::int"),
        ("symptoms_any as x", "as"),
        ("temperature > ", "fever"),
        ("temperature", "fever"),
        ("temperature > 'hot'", "fever"),
        ("", "fever"),
    ],
)
def test_a_rule_that_cannot_be_used_is_refused_by_its_name(when: str, names: str) -> None:
    with pytest.raises(BadRule) as refused:
        Screen((Rule("fever", when, Status.NOT_NOW),), Status.MAY_ENTER, FACTS)
    assert "fever" in str(refused.value)
    assert names in str(refused.value)


def test_a_rule_of_a_pack_is_read_with_its_words_and_what_it_obliges_to() -> None:
    told = {"code": "fever", "when": "temperature > 37", "status": "not_now", "zh": "发热"}
    assert rule(told | {"obliges": ["wait_apart"]}) == Rule(
        "fever", "temperature > 37", Status.NOT_NOW, "发热", "", ("wait_apart",)
    )


@pytest.mark.parametrize("told", [{}, {"code": "x", "status": "green"}])
def test_a_rule_without_code_or_with_a_colour_is_refused(told: dict[str, object]) -> None:
    with pytest.raises(BadRule):
        rule(told)


def test_a_rule_stands_once_and_a_pack_has_not_too_many() -> None:
    with pytest.raises(BadRule, match="twice"):
        Screen((FEVER, FEVER), Status.MAY_ENTER, FACTS)
    with pytest.raises(BadRule, match="at most"):
        Screen(
            [Rule(f"r{at}", "in_town", Status.NOT_NOW) for at in range(61)], Status.MAY_ENTER, FACTS
        )


def test_the_first_word_of_caution_is_not_now_and_the_last_may_enter() -> None:
    assert (CAUTION[0], CAUTION[-1]) == (Status.NOT_NOW, Status.MAY_ENTER)


def test_one_person_is_screened_within_a_few_milliseconds_and_many_at_once() -> None:
    screen = Screen(PACK, Status.MAY_ENTER, FACTS)
    begun = time.perf_counter()
    for _ in range(100):
        screen.apply({name: [value] for name, value in WELL.items()}, 1)
    assert time.perf_counter() - begun < 1
    many = screen.apply({name: [value] * 120_000 for name, value in WELL.items()}, 120_000)
    assert len(many) == 120_000


def test_a_person_fact_has_one_source() -> None:
    source = facts.FactSource("another", {"in_town": pl.Boolean()}, lambda *_: {})
    with pytest.raises(ValueError, match="declared twice"):
        facts.declare(source)
    assert facts.types()["observation"] == pl.String()


def test_a_reason_is_said_in_the_words_of_the_pack_or_as_what_is_missing() -> None:
    pack = shipped.packs()["covid19-2020-01"]
    assert "37.3" in str(reason_words(pack, "fever"))
    assert reason_words(pack, "missing:temperature") == "No temperature is known"
    assert reason_words(pack, "missing:something") == "something"
    assert reason_words(None, "gone") == reason_words(pack, "gone")


def test_a_pack_without_rules_leaves_everybody_unknown() -> None:
    bare = replace(shipped.packs()["covid19-2020-01"], leaves={})
    assert rules_of(bare) == ((), Status.UNKNOWN)
