from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from lianfang.ground.loops.rules import (
    CLOSED,
    OPEN,
    Course,
    Mark,
    State,
    Step,
    allowed,
    is_late,
    may_undo,
    quarters,
    reason,
    state,
    take,
)
from lianfang.kernel.refusals import BadInput, Conflict, NotYourself, Refused

START = datetime(2020, 1, 31, 1, 46, tzinfo=UTC)
DUE = datetime(2020, 1, 31, 7, 40, tzinfo=UTC)
HUMANS = ("user:周岚", "user:林伯涛", "user:郑一舟")
WHO = st.sampled_from(HUMANS)
TAKEN = (*(Step.ACKNOWLEDGE, Step.DONE, Step.VERIFY, Step.RETURN, Step.WAIVE), Step.REOPEN)


def mark(who: str, minutes: int = 0) -> Mark:
    return Mark(START + timedelta(minutes=minutes), who)


def course(*steps: Step) -> Course:
    """A loop that clerk and office have carried through these steps, a minute each."""
    found = Course(mark(HUMANS[0]))
    for at, step in enumerate(steps, start=1):
        who = HUMANS[1] if step in {Step.ACKNOWLEDGE, Step.DONE} else HUMANS[0]
        found = take(found, step, mark(who, at))
    return found


class AnyLoop(RuleBasedStateMachine):
    """Whatever people press, in whatever order: the course never lies."""

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.course = Course(Mark(START, HUMANS[0]))
        self.before = self.course

    @rule(step=st.sampled_from(TAKEN), who=WHO, seconds=st.integers(0, 40))
    def press(self, step: Step, who: str, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)
        self.before, mine = self.course, self.course.done and self.course.done.who == who
        try:
            self.course = take(self.course, step, Mark(self.now, who))
        except NotYourself:
            assert mine
            assert step in {Step.VERIFY, Step.RETURN}
        except Conflict:
            assert step not in allowed(self.before)
        else:
            assert step in allowed(self.before)

    @precondition(lambda self: self.course.verified or self.course.returned)
    @rule(who=WHO, seconds=st.integers(0, 40))
    def take_back(self, who: str, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)
        self.before, may = self.course, may_undo(self.course, who, self.now)
        try:
            self.course = take(self.course, Step.UNDO, Mark(self.now, who))
        except Refused:
            assert not may
        else:
            assert may
            assert state(self.course) is State.DONE

    @invariant()
    def nobody_saw_his_own_work(self) -> None:
        last = self.course.verified or self.course.returned
        assert not last or (self.course.done and self.course.done.who != last.who)

    @invariant()
    def it_is_closed_in_one_way(self) -> None:
        assert not (self.course.verified and (self.course.waived or self.course.returned))

    @invariant()
    def whatever_is_closed_stays_so_or_is_taken_back(self) -> None:
        if state(self.before) is State.WAIVED:
            assert self.course == self.before

    @invariant()
    def every_quarter_has_its_person_and_time(self) -> None:
        marks = (self.course.assigned, self.course.acknowledged, self.course.done)
        known = [each for each in marks if each]
        assert len(known) >= min(quarters(self.course), 3)
        assert all(each.who in HUMANS and START <= each.at <= self.now for each in known)

    @invariant()
    def an_open_loop_can_go_on(self) -> None:
        going = allowed(self.course) - {Step.REOPEN}
        assert bool(going) is (state(self.course) not in CLOSED)

    @invariant()
    def what_is_returned_is_owed_again(self) -> None:
        assert (state(self.course) is State.RETURNED) is bool(
            self.course.returned and not self.course.waived
        )
        assert state(self.course) in OPEN | CLOSED | {State.DONE}


AnyLoop.TestCase.settings = settings(
    max_examples=200,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestAnyLoop = AnyLoop.TestCase


@pytest.mark.parametrize(
    ("steps", "stands", "ring"),
    [
        ((), State.ASSIGNED, 1),
        ((Step.ACKNOWLEDGE,), State.ACKNOWLEDGED, 2),
        ((Step.DONE,), State.DONE, 3),
        ((Step.DONE, Step.VERIFY), State.VERIFIED, 4),
        ((Step.DONE, Step.RETURN), State.RETURNED, 2),
        ((Step.DONE, Step.RETURN, Step.DONE), State.DONE, 3),
        ((Step.ACKNOWLEDGE, Step.WAIVE), State.WAIVED, 0),
        ((Step.DONE, Step.VERIFY, Step.REOPEN), State.ACKNOWLEDGED, 2),
        ((Step.DONE, Step.VERIFY, Step.REOPEN, Step.DONE), State.DONE, 3),
    ],
)
def test_the_ring_fills_quarter_by_quarter(
    steps: tuple[Step, ...], stands: State, ring: int
) -> None:
    found = course(*steps)
    assert (state(found), quarters(found)) == (stands, ring)


def test_done_without_an_acknowledgement_says_that_it_was_known() -> None:
    found = course(Step.DONE)
    assert found.acknowledged == found.done


@given(st.integers(-600, 600))
def test_late_is_worked_out_from_the_due_time_and_the_clock(minutes: int) -> None:
    now = DUE + timedelta(minutes=minutes)
    assert is_late(course(), DUE, now) is (minutes > 0)
    assert not is_late(course(), None, now)
    assert not is_late(course(Step.DONE), DUE, now)
    assert is_late(course(Step.DONE, Step.RETURN), DUE, now) is (minutes > 0)
    assert not is_late(course(Step.WAIVE), DUE, now)


def test_what_was_done_late_stays_late() -> None:
    late = take(course(), Step.DONE, Mark(DUE + timedelta(minutes=1), HUMANS[1]))
    assert is_late(late, DUE, DUE + timedelta(days=1))


@pytest.mark.parametrize("step", [Step.RETURN, Step.WAIVE, Step.NOTE])
def test_a_return_a_waiver_and_a_note_need_words(step: Step) -> None:
    with pytest.raises(BadInput):
        reason(step, "  ")
    assert reason(step, " 照片看不清 ") == "照片看不清"
    assert not reason(Step.DONE, " ")


def test_a_note_has_an_end() -> None:
    with pytest.raises(BadInput):
        reason(Step.DONE, "长" * 1001)


def test_the_last_word_is_taken_back_by_its_speaker_and_at_once_only() -> None:
    found = course(Step.DONE, Step.VERIFY)
    assert found.verified is not None
    at = found.verified.at
    assert may_undo(found, HUMANS[0], at + timedelta(seconds=10))
    assert not may_undo(found, HUMANS[2], at + timedelta(seconds=10))
    assert not may_undo(found, HUMANS[0], at + timedelta(seconds=60))
    assert not may_undo(course(Step.DONE), HUMANS[0], at)
