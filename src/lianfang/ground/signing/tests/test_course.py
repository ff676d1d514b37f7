"""The order of signatures, drawn at random: what must never happen on any way through it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from lianfang.ground.signing.rules import (
    Fact,
    Said,
    Stage,
    Step,
    Verdict,
    biggest,
    changed,
    course,
    may_object,
    may_undo,
    refuse_step,
    seatable,
)

START = datetime(2020, 1, 31, 8, 0, tzinfo=UTC)
FOUR = tuple(Step(code) for code in ("drafted", "checked", "endorsed", "released"))
THREE = (Step("filler", needed=False), Step("reviewer", needed=False), Step("principal"))
PEOPLE = ("chen", "zhou", "zheng", "fang")
TRIES = st.lists(
    st.tuples(
        st.sampled_from(("drafted", "checked", "endorsed", "released", "undo", "text", "return")),
        st.sampled_from(PEOPLE),
    ),
    max_size=30,
)


def said(number: int, step: str, who: str, digest: str, **more: object) -> Said:
    at = START + timedelta(minutes=number)
    told = {"verdict": Verdict.AGREE, **more}
    return Said(id=UUID(int=number + 1), step=step, digest=digest, who=who, at=at, **told)  # type: ignore[arg-type]


def played(steps: Sequence[Step], tries: Sequence[tuple[str, str]]) -> tuple[list[Said], str]:
    """Let people try things in any order; what the rules refuse does not happen."""
    done: list[Said] = []
    text = 0
    for number, (what, who) in enumerate(tries):
        stands = course(steps, done, str(text))
        if what == "text":
            text += 1
        elif what == "undo" and done and may_undo(done[-1], done[-1], done[-1].who, done[-1].at):
            last = done[-1]
            done.append(
                said(number, last.step, who, str(text), verdict=Verdict.UNDO, answers=last.id)
            )
        elif what == "return" and stands.open:
            step = stands.open[-1]
            if refuse_step(stands, step, who) is None:
                done.append(said(number, step, who, str(text), verdict=Verdict.RETURN))
        elif what in {s.code for s in steps} and refuse_step(stands, what, who) is None:
            done.append(said(number, what, who, str(text)))
    return done, str(text)


@given(TRIES)
def test_no_step_stands_without_those_before_it(tries: list[tuple[str, str]]) -> None:
    told = course(FOUR, *played(FOUR, tries))
    codes = [step.code for step in FOUR]
    held = [code for code in codes if code in told.held]
    assert held == codes[: len(held)]
    assert told.next == ("" if told.complete else codes[len(held)])


@given(TRIES)
def test_nobody_signs_two_steps_of_one_text(tries: list[tuple[str, str]]) -> None:
    told = course(FOUR, *played(FOUR, tries))
    signers = [each.who for each in told.held.values()]
    assert len(signers) == len(set(signers))


@given(TRIES)
def test_only_what_was_said_under_the_text_as_it_is_stands(tries: list[tuple[str, str]]) -> None:
    done, text = played(FOUR, tries)
    told = course(FOUR, done, text)
    assert all(each.digest == text for each in told.held.values())
    assert not course(FOUR, done, "another text").held


@given(st.lists(st.tuples(st.sampled_from([s.code for s in THREE]), st.sampled_from(PEOPLE))))
def test_a_report_waits_for_its_principal_alone(tries: list[tuple[str, str]]) -> None:
    told = course(THREE, *played(THREE, tries))
    assert told.complete is ("principal" in told.held)
    if told.complete:
        assert not told.open
        assert told.stage("filler") in {Stage.SIGNED, Stage.PASSED}


def test_a_return_takes_all_names_off_and_opens_the_first_step() -> None:
    done = [
        said(0, "drafted", "chen", "a"),
        said(1, "checked", "zhou", "a"),
        said(2, "endorsed", "zheng", "a", verdict=Verdict.RETURN),
    ]
    told = course(FOUR, done, "a")
    assert (dict(told.held), told.next) == ({}, "drafted")
    assert told.returned is done[-1]
    again = course(FOUR, [*done, said(3, "drafted", "chen", "b")], "b")
    assert (again.next, again.returned) == ("checked", None)


def test_an_objection_opens_a_step_again_and_others_wait_for_it() -> None:
    recorded = said(2, "endorsed", "zheng", "a", recorder="he")
    done = [said(0, "drafted", "chen", "a"), said(1, "checked", "zhou", "a"), recorded]
    assert may_object(recorded, "zheng", answered=False)
    assert not may_object(recorded, "he", answered=False)
    objected = said(3, "endorsed", "zheng", "a", verdict=Verdict.OBJECT, answers=recorded.id)
    told = course(FOUR, [*done, objected], "a")
    assert (told.next, told.stage("released")) == ("endorsed", Stage.WAITING)


def test_a_word_is_taken_back_by_its_speaker_and_within_seconds_only() -> None:
    word = said(0, "checked", "zhou", "a")
    later, earlier = word.at + timedelta(hours=1), word.at - timedelta(hours=1)
    assert may_undo(word, word, "zhou", word.at + timedelta(seconds=9))
    assert not may_undo(word, word, "chen", word.at)
    assert not may_undo(word, word, "zhou", later)
    assert not may_undo(word, word, "zhou", earlier)  # a clock that went back an hour
    assert not may_undo(word, said(1, "endorsed", "zheng", "a"), "zhou", word.at)


def test_a_step_that_is_left_out_is_owed_by_nobody() -> None:
    steps = (FOUR[0], FOUR[1], Step("endorsed", asked=False), FOUR[3])
    done = [said(0, "drafted", "chen", "a"), said(1, "checked", "zhou", "a")]
    told = course(steps, done, "a")
    assert (told.next, told.stage("endorsed")) == ("released", Stage.LEFT_OUT)
    assert refuse_step(told, "endorsed", "zheng") is not None


@given(
    st.lists(st.frozensets(st.sampled_from(PEOPLE)), max_size=4),
    st.frozensets(st.sampled_from(PEOPLE)),
)
def test_hands_are_enough_only_if_each_step_has_one_of_its_own(
    wanted: list[frozenset[str]], taken: frozenset[str]
) -> None:
    free = [one - taken for one in wanted]
    if seatable(wanted, taken):
        assert all(free)
        assert len(frozenset().union(*free)) >= len(wanted)
    elif len(wanted) == 1:
        assert not free[0]


def test_the_biggest_changes_come_first_and_what_is_new_before_them() -> None:
    facts = [Fact("in town", "101", "100"), Fact("contacts", "2", "0"), Fact("away", "30", "60")]
    moved = biggest([*facts, Fact("unknown", "", "3"), Fact("same", "4", "4")])
    assert [(each.label, each.by) for each in moved] == [
        ("contacts", "+2"),
        ("away", "\N{MINUS SIGN}30"),
        ("in town", "+1"),
    ]


def test_what_changed_since_a_signature_names_both_values() -> None:
    assert changed({"a": "1", "b": "2"}, {"a": "1", "b": "3", "c": "4"}) == [
        ("b", "2", "3"),
        ("c", "", "4"),
    ]
    assert changed({"a": "1"}, {}) == [("a", "1", "")]
