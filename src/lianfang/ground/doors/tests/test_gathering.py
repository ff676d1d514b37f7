"""What single requests ask at the same moment is stored together and answered one by one."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

from django.db import DEFAULT_DB_ALIAS, connections

from lianfang.ground.doors.act import Pending
from lianfang.ground.doors.gathering import Queue
from lianfang.ground.doors.many import Together
from lianfang.ground.doors.models import Answer, Entry, Subject
from lianfang.ground.doors.once import Replay
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import UnitKind
from lianfang.ground.orgs.services import UnitLine, enter_unit
from lianfang.kernel.actor import Actor, Once
from lianfang.kernel.refusals import BadInput, NotAllowed, Refused

PATIENCE_SECONDS = 20
Asked = tuple[Pending[Unit], Actor]


def twin(actor: Actor, items: Sequence[Pending[Unit]]) -> Sequence[Unit]:
    return [item.do(actor) for item in items]


def entering(mill: Unit, code: str) -> Pending[Unit]:
    return enter_unit.on(mill, UnitLine(code, f"{code} 公司", UnitKind.BRANCH))


def keyed(actor: Actor, key: str) -> Actor:
    def render(result: object) -> tuple[int, str]:
        return 201, result.code if isinstance(result, Unit) else ""

    return replace(actor, once=Once(key, "POST /units", "digest", render))


def together(
    first: Asked, others: Sequence[Asked], twin: Together[Unit] = twin
) -> list[Unit | Exception]:
    """Let the others arrive while the first is at work; return what each was answered.

    The threads share the connection of the test, as Django's live server does: one works at a time.
    """
    queue = Queue("units.enter", twin)
    at_work, shared = threading.Event(), connections[DEFAULT_DB_ALIAS]

    def slowly() -> Unit:
        at_work.set()
        until(lambda: len(queue) == len(others))
        return first[0].alone(first[1])

    def ask(asked: Asked, alone: Callable[[], Unit] | None = None) -> Unit | Exception:
        pending, actor = asked
        connections[DEFAULT_DB_ALIAS] = shared
        try:
            return queue.run(pending, actor, alone or partial(pending.alone, actor))
        except (Refused, Replay) as other:
            return other

    shared.inc_thread_sharing()
    try:
        with ThreadPoolExecutor(1 + len(others)) as threads:
            begun = threads.submit(ask, first, slowly)
            assert at_work.wait(PATIENCE_SECONDS)
            rest = [threads.submit(ask, each) for each in others]
            return [begun.result(), *(each.result() for each in rest)]
    finally:
        shared.dec_thread_sharing()


def until(so: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE_SECONDS
    while not so():
        assert time.monotonic() < ends, "the others did not arrive"
        time.sleep(0.005)


def codes(answers: Sequence[Unit | Exception]) -> list[str]:
    return [each.code if isinstance(each, Unit) else type(each).__name__ for each in answers]


def test_who_comes_at_the_same_moment_is_answered_for_himself(mill: Unit, overseer: Actor) -> None:
    names = [f"U{number}" for number in range(8)]
    asked = [(entering(mill, name), keyed(overseer, name)) for name in names]
    answers = together(asked[0], asked[1:])
    assert codes(answers) == names
    entries = Entry.objects.filter(act="units.enter", arguments__has_key="told.code").order_by("id")
    told = {entry.arguments["told.code"]: entry for entry in entries}
    for answer in answers:
        assert isinstance(answer, Unit)
        entry = told[answer.code]
        assert (entry.place, entry.count, entry.who) == (mill.path, 1, overseer.who)
        assert Subject.objects.get(entry=entry).subject == answer.pk
        assert Answer.objects.get(key=answer.code).text == answer.code


def test_a_refused_one_does_not_spoil_the_others(
    mill: Unit, overseer: Actor, stranger: Actor
) -> None:
    asked = [
        (entering(mill, "V1"), keyed(overseer, "1")),
        (entering(mill, "V2"), keyed(overseer, "2")),
        (entering(mill, "V1"), keyed(overseer, "3")),
        (entering(mill, "V3"), keyed(stranger, "4")),
        (entering(mill, "V4"), keyed(overseer, "5")),
    ]
    answers = codes(together(asked[0], asked[1:]))
    assert answers == ["V1", "V2", BadInput.__name__, NotAllowed.__name__, "V4"]
    assert not Unit.objects.filter(code="V3").exists()
    assert sorted(Answer.objects.values_list("key", flat=True)) == ["1", "2", "5"]
    refused = Entry.objects.exclude(refused="").values_list("refused", flat=True)
    assert sorted(refused) == [BadInput.__name__, NotAllowed.__name__]


def test_one_key_sent_twice_at_the_same_moment_has_its_effect_once(
    mill: Unit, overseer: Actor
) -> None:
    asked = [(entering(mill, code), keyed(overseer, key)) for code, key in (("W1", "a"), *TWINS)]
    answers = together(asked[0], asked[1:])
    assert sorted(codes(answers)) == ["Replay", "W1", "W2"]
    again = next(answer for answer in answers if isinstance(answer, Replay))
    assert (again.status, again.text) == (201, "W2")
    assert Unit.objects.filter(code="W2").count() == 1


TWINS = (("W2", "b"), ("W2", "b"))


def test_what_was_answered_before_is_answered_again(mill: Unit, overseer: Actor) -> None:
    before = entering(mill, "X1").alone(keyed(overseer, "x"))
    asked = [
        (entering(mill, "X2"), keyed(overseer, "y")),
        (entering(mill, "X1"), keyed(overseer, "x")),
    ]
    asked.append((entering(mill, "X3"), keyed(overseer, "z")))
    answers = together(asked[0], asked[1:])
    assert codes(answers) == ["X2", "Replay", "X3"]
    assert isinstance(answers[1], Replay)
    assert answers[1].text == before.code


def test_a_fault_of_the_twin_leaves_everybody_to_the_ordinary_door(
    mill: Unit, overseer: Actor
) -> None:
    names = ["Y1", "Y2", "Y3"]
    asked = [(entering(mill, name), overseer) for name in names]
    assert codes(together(asked[0], asked[1:], broken)) == names
    assert Entry.objects.filter(act="units.enter", place=mill.path).count() == len(names)


def broken(_actor: Actor, _items: Sequence[Pending[Unit]]) -> Sequence[Unit]:
    raise KeyError
