"""The signature comes to the phone: the four steps of the daily situation, one after another."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from lianfang.ground.loops.models import Loop
from lianfang.ground.loops.services import tick
from lianfang.ground.notices.models import Notice
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import Role
from lianfang.ground.signing import queries as signing
from lianfang.ground.signing import services as signatures
from lianfang.ground.signing.models import Decision, Sheet
from lianfang.ground.signing.rules import Heard
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput, Conflict, NotAllowed, NotYourself
from lianfang.rollup.reports import queries, services
from lianfang.rollup.reports.models import Bulletin
from lianfang.rollup.reports.rules.states import Situation
from lianfang.rollup.reports.tests.conftest import DAY, SignIn, at, send, typed
from lianfang.rollup.reports.tests.walking import open_loops


def test_four_people_sign_in_their_order_and_each_step_is_owed(
    draft: Bulletin, sheet: Sheet, overseer: Actor, checker: Actor, leader: Actor, head: Actor
) -> None:
    told = draft.digest
    for early in (leader, head):
        with pytest.raises((Conflict, BadInput)):
            signatures.agree(early, sheet, Situation.RELEASED, told)
    assert [loop.owner_role for loop in open_loops()] == [Role.GROUP_OFFICE]
    with pytest.raises(NotYourself):
        signatures.agree(overseer, sheet, Situation.CHECKED, told)
    signatures.agree(checker, sheet, Situation.CHECKED, told)
    owed = open_loops()[0]
    assert (owed.owner_role, owed.due) == (Role.LEADING_GROUP, clock.now() + timedelta(minutes=10))
    assert [paper.id for paper in signing.waiting(leader)] == [sheet.pk]
    with pytest.raises(BadInput):
        signatures.agree(checker, sheet, Situation.ENDORSED, told)
    signatures.agree(leader, sheet, Situation.ENDORSED, told)
    assert not signing.waiting(leader)
    with pytest.raises(NotYourself):
        signatures.agree(leader, sheet, Situation.RELEASED, told)
    signatures.agree(head, sheet, Situation.RELEASED, told)
    assert not open_loops()
    draft.refresh_from_db()
    assert (draft.number, draft.endorsed_by_name, draft.released_by_name) == (1, "leader", "head")
    names = [hand.name for hand in queries.bulletin_content(head, draft).signatures]
    assert names == ["group_office-g", "checker", "leader", "head"]
    with pytest.raises(Conflict):
        signatures.give_back(leader, sheet, Situation.ENDORSED, told, "too late")


def test_two_taps_are_one_signature(
    draft: Bulletin, sheet: Sheet, checker: Actor, sign_in: SignIn
) -> None:
    client, key = sign_in(checker), "018f0000-0000-7000-8000-000000000001"
    form = {"step": Situation.CHECKED, "digest": draft.digest, "key": key}
    for _ in range(2):
        assert client.post(reverse("signing:agree", args=[sheet.pk]), form).status_code == 302
    other = {**form, "key": "018f0000-0000-7000-8000-000000000002"}
    assert client.post(reverse("signing:agree", args=[sheet.pk]), other).status_code == 422
    assert Decision.objects.filter(step=Situation.CHECKED).count() == 1


def test_a_text_that_changed_voids_what_was_signed_and_says_what_moved(
    draft: Bulletin,
    sheet: Sheet,
    mill: Unit,
    group: Unit,
    clerk: Actor,
    principal: Actor,
    overseer: Actor,
    checker: Actor,
    leader: Actor,
    afternoon: time_machine.Traveller,
) -> None:
    signatures.agree(checker, sheet, Situation.CHECKED, draft.digest)
    typed(clerk, mill, "close_contacts", 2)
    send(clerk, principal, mill)
    afternoon.move_to(at(15, 40))
    newer = services.draft_bulletin(overseer, group, DAY)
    assert newer.checked_at is None
    with pytest.raises(Conflict):
        signatures.agree(leader, sheet, Situation.ENDORSED, draft.digest)
    page = signing.page_of(checker, sheet.pk)
    assert (page.step, page.since_whom) == (Situation.CHECKED, "checker")
    assert ("", "2") in [(each.was, each.now) for each in page.since]
    assert [loop.owner_role for loop in open_loops()] == [Role.GROUP_OFFICE]


def test_a_returned_text_goes_back_to_its_drafter_with_the_reason(
    draft: Bulletin,
    sheet: Sheet,
    group: Unit,
    overseer: Actor,
    checker: Actor,
    leader: Actor,
) -> None:
    signatures.agree(checker, sheet, Situation.CHECKED, draft.digest)
    with pytest.raises(BadInput):
        signatures.give_back(leader, sheet, Situation.ENDORSED, draft.digest, "  ")
    signatures.give_back(leader, sheet, Situation.ENDORSED, draft.digest, "港务的数不对")
    draft.refresh_from_db()
    assert draft.checked_at is None
    assert [loop.key.split(":")[1] for loop in open_loops()] == [Situation.DRAFTED]
    assert Notice.objects.filter(params__reason="港务的数不对").exists()
    assert signing.page_of(overseer, sheet.pk).strip.words[0].text == "港务的数不对"
    services.draft_bulletin(overseer, group, DAY, "已核对港务")
    assert [loop.key.split(":")[1] for loop in open_loops()] == [Situation.CHECKED]


def test_a_signature_is_taken_back_within_seconds_but_not_what_was_issued(
    draft: Bulletin,
    sheet: Sheet,
    checker: Actor,
    leader: Actor,
    head: Actor,
    afternoon: time_machine.Traveller,
) -> None:
    made = signatures.agree(checker, sheet, Situation.CHECKED, draft.digest)
    with pytest.raises(Conflict):
        signatures.undo(leader, made)
    signatures.undo(checker, made)
    draft.refresh_from_db()
    assert draft.checked_at is None
    made = signatures.agree(checker, sheet, Situation.CHECKED, draft.digest)
    afternoon.shift(timedelta(minutes=1))
    with pytest.raises(Conflict):
        signatures.undo(checker, made)
    signatures.agree(leader, sheet, Situation.ENDORSED, draft.digest)
    last = signatures.agree(head, sheet, Situation.RELEASED, draft.digest)
    with pytest.raises(Conflict):
        signatures.undo(head, last)


def test_what_a_leader_said_by_phone_is_recorded_with_both_names_and_he_may_object(
    draft: Bulletin, sheet: Sheet, overseer: Actor, checker: Actor, leader: Actor, head: Actor
) -> None:
    signatures.agree(checker, sheet, Situation.CHECKED, draft.digest)
    told = signatures.Recorded("leader", Heard.PHONE)
    with pytest.raises(NotAllowed):
        signatures.record(head, sheet, Situation.ENDORSED, draft.digest, told)
    for name in ("somebody", "overseer"):
        with pytest.raises(BadInput):
            signatures.record(
                overseer, sheet, Situation.ENDORSED, draft.digest, signatures.Recorded(name)
            )
    with pytest.raises(NotYourself):
        signatures.record(
            overseer, sheet, Situation.ENDORSED, draft.digest, signatures.Recorded("group_office-g")
        )
    with pytest.raises(BadInput):
        signatures.record(
            overseer,
            sheet,
            Situation.ENDORSED,
            draft.digest,
            signatures.Recorded("leader", Heard.PAPER),
        )
    made = signatures.record(overseer, sheet, Situation.ENDORSED, draft.digest, told)
    assert (made.by, made.recorder) == (leader.who, overseer.who)
    assert Notice.objects.filter(user__pk=leader.id, url=f"/signing/{sheet.pk}/").exists()
    hand = queries.bulletin_content(head, Bulletin.objects.get()).signatures[-1]
    assert (hand.name, hand.recorder, hand.heard) == ("leader", "group_office-g", "phone")
    with pytest.raises(NotYourself):
        signatures.object_to(overseer, made)
    signatures.object_to(leader, made)
    draft.refresh_from_db()
    assert draft.endorsed_at is None
    assert [loop.key.split(":")[1] for loop in open_loops()] == [Situation.ENDORSED]
    with pytest.raises(NotYourself):
        signatures.object_to(leader, made)


def test_an_instruction_becomes_a_supervised_task_linked_both_ways(
    draft: Bulletin, sheet: Sheet, mill: Unit, checker: Actor, leader: Actor, principal: Actor
) -> None:
    asked = signatures.Instruction(text="查清两名密接者去向", role=Role.PRINCIPAL, due=at(18))
    with pytest.raises(NotAllowed):
        signatures.instruct(checker, sheet, mill, asked)
    made = signatures.instruct(leader, sheet, mill, asked)
    task = Loop.objects.get(kind="instruction")
    assert (task.unit, task.owner_role, task.verifier_role) == (
        mill,
        Role.PRINCIPAL,
        Role.GROUP_OFFICE,
    )
    word = signing.page_of(leader, sheet.pk).strip.words[0]
    assert (word.verdict, word.loop, word.text) == ("instructed", task.pk, made.text)
    with pytest.raises(BadInput):
        signatures.instruct(
            leader, sheet, mill, signatures.Instruction(text="", role=Role.CLERK, due=at(18))
        )


def test_a_late_signature_is_chased_by_the_clock_of_the_loops(
    draft: Bulletin, afternoon: time_machine.Traveller
) -> None:
    afternoon.shift(timedelta(minutes=26))
    tick(clock.now())
    assert Notice.objects.filter(key__contains=":call:").exists()
