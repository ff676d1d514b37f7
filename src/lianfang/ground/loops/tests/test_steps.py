from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.utils import DatabaseError

from conftest import Post
from lianfang.ground.doors.models import Entry
from lianfang.ground.files import intake
from lianfang.ground.loops import queries, services
from lianfang.ground.loops.models import Evidence, Loop, LoopStep
from lianfang.ground.loops.registry import KINDS, Kind, declare
from lianfang.ground.loops.rules import Step, state
from lianfang.ground.notices.models import Notice
from lianfang.ground.notices.queries import say
from lianfang.ground.notices.rules import NoticeKind, Sentence
from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.orgs.rules import Role
from lianfang.kernel import clock
from lianfang.kernel.actor import CLOCK, Actor
from lianfang.kernel.refusals import BadInput, Conflict, NotAllowed, NotYourself

Open = Callable[..., Loop]
pytestmark = pytest.mark.usefixtures("response")
CANARY = "卡纳里街 7 号"


def said() -> list[str]:
    return [say(row.sentence) for row in Notice.objects.order_by("happened_at", "id")]


def test_a_loop_goes_round_from_assigned_to_verified(
    opened: Open, principal: Actor, overseer: Actor, heard: list[str]
) -> None:
    loop = opened()
    services.acknowledge(principal, queries.loop(principal, loop.pk, "loops.acknowledge"))
    services.done(principal, queries.loop(principal, loop.pk, "loops.done"))
    services.verify(overseer, queries.loop(overseer, loop.pk, "loops.verify"))
    row = Loop.objects.get()
    assert state(row.course) == "verified"
    assert (row.done_by, row.done_by_name) == (principal.who, "principal-m")
    assert (row.verified_by, row.verified_by_name) == (overseer.who, "group_office-g")
    steps = list(LoopStep.objects.values_list("step", flat=True))
    assert steps == ["assign", "acknowledge", "done", "verify"]
    assert heard == ["done 南门", "verified 南门"]


def test_the_same_key_is_opened_once(opened: Open, mill: Unit) -> None:
    assert opened().pk == opened().pk
    assert opened("北门").pk != opened().pk
    assert (Loop.objects.count(), LoopStep.objects.count(), Notice.objects.count()) == (2, 2, 2)


def test_many_are_opened_at_once_and_keep_their_order(
    kind: Kind, mill: Unit, port: Unit, opened: Open
) -> None:
    there = opened("b")
    openings = [
        services.Opening(kind=kind, unit=unit, key=key, title=Sentence.of(key))
        for unit, key in ((mill, "a"), (mill, "b"), (port, "c"))
    ]
    with transaction.atomic():
        found = services.begin_all(CLOCK, openings, clock.now())
    assert [loop.key for loop in found] == ["a", "b", "c"]
    assert found[1].pk == there.pk
    assert found[2].verifier_unit.code == "G"


def test_a_post_owes_and_the_office_verifies_unless_told_otherwise(
    opened: Open, mill: Unit, group: Unit, clerk: Actor
) -> None:
    loop = opened()
    assert (loop.owner_role, loop.verifier_role) == (Role.PRINCIPAL, Role.GROUP_OFFICE)
    assert loop.verifier_unit == group
    assert loop.response is not None
    own = opened("自查", verifier_role=Role.PRINCIPAL, owner_role=Role.CLERK)
    assert (own.verifier_unit, own.owner_role) == (mill, Role.CLERK)
    user = User.objects.get(pk=clerk.id)
    named = opened("本人", owner=user)
    assert (named.owner, named.owner_role) == (user, "")


def test_whoever_did_it_cannot_verify_it(opened: Open, mill: Unit, group: Unit, post: Post) -> None:
    both = post(Role.GROUP_OFFICE, group, "周岚")
    also = post(Role.PRINCIPAL, mill, "兼任")
    both = replace(both, grants=both.grants + also.grants)
    loop = opened()
    services.done(both, loop)
    for step in (services.verify, services.give_back):
        with pytest.raises(NotYourself):
            step.on(loop, "看过").run(both)
    assert state(Loop.objects.get().course) == "done"


def test_the_database_itself_refuses_a_verification_of_ones_own_work(
    opened: Open, principal: Actor
) -> None:
    services.done(principal, opened())
    with pytest.raises(IntegrityError), transaction.atomic():
        Loop.objects.update(verified_at=clock.now(), verified_by=F("done_by"))


def test_a_returned_loop_is_owed_again_and_tells_why(
    opened: Open, principal: Actor, overseer: Actor, heard: list[str]
) -> None:
    loop = opened()
    services.done(principal, loop)
    later = clock.now() + timedelta(hours=9)
    services.give_back(overseer, loop, "照片里看不出隔离距离", later)
    row = Loop.objects.get()
    assert (state(row.course), row.due) == ("returned", later)
    assert "照片里看不出隔离距离" in said()[-1]
    services.done(principal, loop)
    assert state(Loop.objects.get().course) == "done"
    assert heard == ["done 南门", "returned 南门", "done 南门"]


def test_a_return_without_a_reason_changes_nothing(
    opened: Open, principal: Actor, overseer: Actor
) -> None:
    loop = opened()
    services.done(principal, loop)
    with pytest.raises(BadInput):
        services.give_back(overseer, loop, "  ")
    assert state(Loop.objects.get().course) == "done"
    assert not LoopStep.objects.filter(step=Step.RETURN).exists()


def test_a_new_due_time_lies_ahead(opened: Open, principal: Actor, overseer: Actor) -> None:
    loop = opened()
    services.done(principal, loop)
    with pytest.raises(BadInput):
        services.give_back(overseer, loop, "重做", clock.now())


def test_only_the_side_that_asked_lets_the_unit_off(
    opened: Open, principal: Actor, overseer: Actor
) -> None:
    loop = opened()
    with pytest.raises(NotAllowed):
        services.waive(principal, loop, "做不了")
    services.waive(overseer, loop, "场所已关闭")
    assert state(Loop.objects.get().course) == "waived"
    with pytest.raises(Conflict):
        services.done(principal, loop)


def test_a_stranger_finds_and_does_nothing(opened: Open, stranger: Actor, principal: Actor) -> None:
    loop = opened()
    assert not queries.loops(stranger).exists()
    for pending in (
        services.acknowledge.on(loop),
        services.done.on(loop),
        services.verify.on(loop),
        services.comment.on(loop, "你好"),
    ):
        with pytest.raises(NotAllowed):
            pending.run(stranger)
    assert LoopStep.objects.count() == 1


def test_another_post_of_the_unit_neither_sees_nor_reports_it(
    opened: Open, mill: Unit, post: Post
) -> None:
    guard = post(Role.GATEKEEPER, mill, "guard")
    loop = opened()
    assert not queries.loops(guard).exists()
    with pytest.raises(NotAllowed):
        services.done(guard, loop)
    own = opened("门岗", owner_role=Role.GATEKEEPER)
    assert [row.pk for row in queries.loops(guard)] == [own.pk]
    services.done(guard, own)


def test_the_clerk_reports_for_the_principal_and_is_named(
    opened: Open, clerk: Actor, overseer: Actor
) -> None:
    loop = opened()
    services.done(clerk, queries.loop(clerk, loop.pk, "loops.done"))
    assert Loop.objects.get().done_by_name == "clerk-m"


def test_what_a_hook_has_done_is_not_taken_back(
    opened: Open, principal: Actor, overseer: Actor
) -> None:
    loop = opened()
    services.done(principal, loop)
    services.verify(overseer, loop)
    assert queries.last_word(overseer, loop.pk) is None
    with pytest.raises(Conflict):
        services.undo(overseer, loop)
    assert state(Loop.objects.get().course) == "verified"


def test_a_hook_that_refuses_undoes_the_step(
    opened: Open, principal: Actor, kind: Kind, heard: list[str]
) -> None:
    def refuse(loop: Loop, _actor: Actor, _now: object) -> None:
        raise Conflict("Fill in the report first.")

    KINDS["rectification"] = replace(kind, on_done=refuse)
    loop = opened()
    with pytest.raises(Conflict):
        services.done(principal, loop)
    assert Loop.objects.get().done_at is None
    assert LoopStep.objects.count() == 1


def test_a_kind_that_is_done_elsewhere_is_not_reported_in_the_inbox(
    opened: Open, principal: Actor, kind: Kind
) -> None:
    KINDS["rectification"] = replace(kind, done_here=False)
    loop = opened()
    with pytest.raises(Conflict):
        services.done(principal, loop)
    with transaction.atomic():
        services.finish(loop, principal, clock.now())
    assert loop.done_at == clock.now()


def test_another_app_carries_a_loop_through_inside_its_own_acts(
    opened: Open, principal: Actor, overseer: Actor, heard: list[str]
) -> None:
    loop, now = opened(), clock.now()
    with transaction.atomic():
        services.finish(loop, principal, now)
        services.send_back(loop, overseer, now, "缺签字")
        services.finish(loop, principal, now)
        services.confirm(loop, overseer, now)
    assert state(loop.course) == "verified"
    assert heard == []
    other = opened("北门")
    with transaction.atomic():
        services.set_aside(other, overseer, now, "撤销")
    assert state(other.course) == "waived"


def test_a_quiet_kind_tells_of_returns_alone(
    opened: Open, principal: Actor, overseer: Actor, kind: Kind
) -> None:
    KINDS["rectification"] = quiet = replace(kind, quiet=True)
    loop = opened(kind=quiet)
    services.done(principal, loop)
    assert not Notice.objects.exists()
    services.give_back(overseer, loop, "重做")
    assert Notice.objects.get().kind == NoticeKind.TASK


def test_a_note_is_told_to_the_other_side(
    opened: Open, principal: Actor, overseer: Actor, liaison: Actor, mill: Unit, group: Unit
) -> None:
    loop = opened()
    before = Notice.objects.count()
    services.comment(principal, loop, CANARY)
    note = Notice.objects.exclude(kind=NoticeKind.TASK).get()
    assert (note.unit, note.role) == (group, Role.GROUP_OFFICE)
    services.comment(overseer, loop, "知道了")
    services.comment(liaison, loop, "我去看看")
    assert Notice.objects.count() == before + 4
    assert CANARY not in str(list(Entry.objects.values_list("arguments", flat=True)))


def test_evidence_is_kept_at_the_unit_and_cannot_be_changed(
    opened: Open, principal: Actor, overseer: Actor
) -> None:
    paper = intake.receive(SimpleUploadedFile("整改.csv", "项目,结果\n南门,已设".encode()))
    loop = opened(lines=("离通道 5 米以上", " ", "每班 2 人"))
    assert loop.lines == ["离通道 5 米以上", "每班 2 人"]
    services.done(principal, loop, services.Told(met=(0, 7), files=(paper,)))
    step = LoopStep.objects.get(step=Step.DONE)
    assert step.met == [0]
    assert Evidence.objects.get().file.unit.code == "M"
    sheet = queries.sheet(overseer, loop)
    assert [line.met for line in sheet.lines] == [True, False]
    assert [each.name for each in sheet.papers] == ["整改.csv"]
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        LoopStep.objects.update(note="改了")


def test_a_kind_is_declared_once(kind: Kind) -> None:
    with pytest.raises(ValueError, match="twice"):
        declare(kind)
