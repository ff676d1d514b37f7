"""Who stands in for whom, and who left this morning."""

import pytest
import time_machine

from lianfang.ground.doors.models import Entry
from lianfang.ground.orgs import services as org_services
from lianfang.ground.orgs.models import HandOver, Unit, User
from lianfang.ground.orgs.rules import Role
from lianfang.ground.response.models import Response
from lianfang.ground.signing import queries as signing
from lianfang.ground.signing import services as signatures
from lianfang.ground.signing.models import Sheet
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.kernel.refusals import BadInput, Conflict, NotAllowed, NotYourself
from lianfang.rollup.reports.models import Bulletin
from lianfang.rollup.reports.rules.states import Situation
from lianfang.rollup.reports.tests.conftest import at
from lianfang.rollup.reports.tests.walking import again, post_of


def test_a_deputy_signs_for_the_time_and_both_names_are_shown(
    draft: Bulletin,
    sheet: Sheet,
    group: Unit,
    checker: Actor,
    leader: Actor,
    head: Actor,
    liaison: Actor,
    afternoon: time_machine.Traveller,
) -> None:
    stands_in = User.objects.get(pk=liaison.id)
    since, until = at(15), at(17)
    lent = org_services.hand_over(
        leader, post_of(leader, Role.LEADING_GROUP), stands_in, since, until, "开会"
    )
    signatures.agree(checker, sheet, Situation.CHECKED, draft.digest)
    deputy = again(liaison)
    assert deputy.holds(Role.LEADING_GROUP)
    assert [paper.id for paper in signing.waiting(deputy)] == [sheet.pk]
    made = signatures.agree(deputy, sheet, Situation.ENDORSED, draft.digest)
    assert (made.by_name, made.stead_name) == (stands_in.name, "leader")
    entry = Entry.objects.filter(act="signing.agree", who=deputy.who).get()
    assert entry.arguments["in_stead_of"] == [str(leader.id)]
    with pytest.raises(NotAllowed):
        org_services.hand_over(
            deputy,
            post_of(leader, Role.LEADING_GROUP),
            User.objects.get(pk=head.id),
            since,
            until,
            "x",
        )
    org_services.take_back(leader, lent)
    assert not again(liaison).holds(Role.LEADING_GROUP)
    other = org_services.hand_over(
        head, post_of(head, Role.LEADING_GROUP), stands_in, at(16), at(17), "开会"
    )
    assert not again(liaison).holds(Role.LEADING_GROUP)
    for hour, holds in ((16, True), (17, False)):
        afternoon.move_to(at(hour))
        assert again(liaison).holds(Role.LEADING_GROUP) is holds
    with pytest.raises(Conflict):
        org_services.take_back(head, other)


def test_hand_overs_do_not_overlap_and_go_to_somebody_else(
    response: Response, group: Unit, leader: Actor, overseer: Actor, checker: Actor, clerk: Actor
) -> None:
    post, first = post_of(leader, Role.LEADING_GROUP), User.objects.get(pk=overseer.id)
    other, own = User.objects.get(pk=checker.id), User.objects.get(pk=leader.id)
    org_services.hand_over(leader, post, first, at(16), at(18), "开会")
    with pytest.raises(BadInput, match="stands in"):
        org_services.hand_over(leader, post, other, at(17), at(19), "开会")
    with pytest.raises(NotYourself):
        org_services.hand_over(leader, post, own, at(19), at(20), "开会")
    with pytest.raises(BadInput):
        org_services.hand_over(leader, post, other, at(20), at(19), "开会")
    with pytest.raises(BadInput):
        org_services.hand_over(leader, post, other, at(9), at(10), "开会")
    with pytest.raises(NotAllowed):
        org_services.hand_over(overseer, post, other, at(19), at(20), "开会")
    assert HandOver.objects.count() == 1


def test_a_signer_who_left_this_morning_leaves_nothing_stuck(
    draft: Bulletin, sheet: Sheet, checker: Actor, leader: Actor, head: Actor, liaison: Actor
) -> None:
    stands_in = User.objects.get(pk=liaison.id)
    org_services.hand_over(
        head, post_of(head, Role.LEADING_GROUP), stands_in, at(9), at(18), "离任"
    )
    signatures.agree(checker, sheet, Situation.CHECKED, draft.digest)
    org_services.end_post(OPERATOR, post_of(head, Role.LEADING_GROUP))
    User.objects.filter(pk=leader.id).update(is_active=False)
    left_out, mark = signing.page_of(checker, sheet.pk).strip.marks[2:]
    assert left_out.stage == "left_out"
    (able,) = mark.people
    assert stands_in.name in able
    assert "head" in able
    assert set(mark.left) == {"head", "leader"}
    with pytest.raises(NotAllowed):
        signatures.agree(again(head), sheet, Situation.RELEASED, draft.digest)
    signatures.agree(again(liaison), sheet, Situation.RELEASED, draft.digest)
