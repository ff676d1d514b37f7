"""A daily situation returned, taken back, taken over or objected to is signed and issued still."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from conftest import Post
from lianfang.ground.notices.models import Notice
from lianfang.ground.notices.rules import NoticeKind
from lianfang.ground.orgs import services as org_services
from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.orgs.rules import Role
from lianfang.ground.response.models import Response
from lianfang.ground.signing import queries as signing
from lianfang.ground.signing import services as signatures
from lianfang.ground.signing.models import Decision, Sheet
from lianfang.ground.signing.rules import Hand, Heard
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput
from lianfang.rollup.reports import services
from lianfang.rollup.reports.models import Bulletin
from lianfang.rollup.reports.rules.states import Signing, Situation
from lianfang.rollup.reports.tests.conftest import DAY, SignIn, at
from lianfang.rollup.reports.tests.walking import again, open_loops, post_of


def waits_for(actor: Actor, sheet: Sheet) -> bool:
    return [paper.id for paper in signing.waiting(actor)] == [sheet.pk]


def test_a_return_that_is_taken_back_leaves_what_was_signed_before_it(
    draft: Bulletin, sheet: Sheet, checker: Actor, leader: Actor, head: Actor
) -> None:
    told = draft.digest
    signatures.agree(checker, sheet, Situation.CHECKED, told)
    back = signatures.give_back(leader, sheet, Situation.ENDORSED, told, "数不对")
    draft.refresh_from_db()
    assert draft.checked_at is None
    signatures.undo(leader, back)
    draft.refresh_from_db()
    assert draft.checked_by_name == "checker"
    signatures.agree(leader, sheet, Situation.ENDORSED, told)
    signatures.agree(head, sheet, Situation.RELEASED, told)
    draft.refresh_from_db()
    assert draft.number == 1


def test_after_a_return_another_one_of_the_office_takes_the_text_over(
    draft: Bulletin, sheet: Sheet, overseer: Actor, checker: Actor, leader: Actor, head: Actor
) -> None:
    told = draft.digest
    signatures.agree(checker, sheet, Situation.CHECKED, told)
    signatures.give_back(leader, sheet, Situation.ENDORSED, told, "数不对")
    signatures.agree(checker, sheet, Situation.DRAFTED, told)
    signatures.agree(overseer, sheet, Situation.CHECKED, told)
    signatures.agree(leader, sheet, Situation.ENDORSED, told)
    signatures.agree(head, sheet, Situation.RELEASED, told)
    draft.refresh_from_db()
    assert (draft.drafted_by, draft.checked_by) == (checker.who, overseer.who)
    assert draft.released_at is not None


def test_the_same_text_drafted_once_more_by_its_checker_keeps_both_names(
    draft: Bulletin,
    sheet: Sheet,
    group: Unit,
    overseer: Actor,
    checker: Actor,
    leader: Actor,
    head: Actor,
) -> None:
    signatures.agree(checker, sheet, Situation.CHECKED, draft.digest)
    again = services.draft_bulletin(checker, group, DAY)
    assert again.digest == draft.digest
    assert (again.drafted_by, again.checked_by) == (overseer.who, checker.who)
    signatures.agree(leader, sheet, Situation.ENDORSED, again.digest)
    services.release_bulletin(head, again, again.digest)


def test_a_leader_who_objected_to_what_was_recorded_finds_the_paper_waiting(
    draft: Bulletin, sheet: Sheet, overseer: Actor, checker: Actor, leader: Actor, head: Actor
) -> None:
    signatures.agree(checker, sheet, Situation.CHECKED, draft.digest)
    told = signatures.Recorded("leader", Heard.PHONE)
    made = signatures.record(overseer, sheet, Situation.ENDORSED, draft.digest, told)
    assert not signing.waiting(leader)
    signatures.object_to(leader, made)
    assert waits_for(leader, sheet)


def test_somebody_who_took_his_word_back_finds_the_paper_waiting(
    draft: Bulletin, sheet: Sheet, checker: Actor
) -> None:
    made = signatures.agree(checker, sheet, Situation.CHECKED, draft.digest)
    assert not signing.waiting(checker)
    signatures.undo(checker, made)
    assert waits_for(checker, sheet)


def test_the_drafter_finds_a_returned_paper_waiting(
    draft: Bulletin, sheet: Sheet, overseer: Actor, checker: Actor, leader: Actor
) -> None:
    assert not signing.waiting(overseer)
    signatures.agree(checker, sheet, Situation.CHECKED, draft.digest)
    signatures.give_back(leader, sheet, Situation.ENDORSED, draft.digest, "数不对")
    assert waits_for(overseer, sheet)


def test_a_step_that_does_not_exist_is_refused(
    draft: Bulletin, sheet: Sheet, checker: Actor
) -> None:
    with pytest.raises(BadInput) as refused:
        signatures.agree(checker, sheet, "x", draft.digest)
    assert refused.value.field == "step"
    assert len(open_loops()) == 1


def test_whose_post_is_held_is_not_recorded_by_another_name(
    response: Response, mill: Unit, clerk: Actor, principal: Actor
) -> None:
    Unit.objects.filter(pk=mill.pk).update(principal="老厂长")
    services.write(clerk, mill, DAY, "", "", zero=True)
    with pytest.raises(BadInput) as refused:
        services.sign(clerk, mill, DAY, Signing.PRINCIPAL, "老厂长")
    assert refused.value.field == "recorded_for"
    assert not Decision.objects.exists()


def test_of_two_principals_with_one_name_the_clerk_says_which(
    response: Response, mill: Unit, clerk: Actor, post: Post
) -> None:
    pair = [post(Role.PRINCIPAL, mill, name) for name in ("wang1", "wang2")]
    User.objects.filter(pk__in=[each.id for each in pair]).update(name="王伟")
    with pytest.raises(BadInput, match="wang1, wang2") as refused:
        services.sign(clerk, mill, DAY, Signing.PRINCIPAL, "王伟")
    assert refused.value.field == "recorded_for"
    made = services.sign(clerk, mill, DAY, Signing.PRINCIPAL, "wang2")
    assert (made.by, made.by_name, made.recorder) == (pair[1].who, "王伟", clerk.who)


def test_a_clerk_called_like_the_principal_records_him_and_stays_the_filler(
    response: Response, mill: Unit, clerk: Actor, principal: Actor
) -> None:
    User.objects.filter(pk__in=[clerk.id, principal.id]).update(name="王伟")
    services.write(clerk, mill, DAY, "", "", zero=True)
    made = services.sign(clerk, mill, DAY, Signing.PRINCIPAL, "王伟")
    assert (made.by, made.recorder) == (principal.who, clerk.who)
    report = services.submit(clerk, mill, DAY)
    assert [Hand.read(told).part for told in report.signatures] == ["filler", "principal"]


def test_a_deputy_who_sends_a_report_fills_it_in_for_its_clerk(
    response: Response, mill: Unit, clerk: Actor, principal: Actor, post: Post
) -> None:
    other = post(Role.AUDITOR, mill, "zhao")
    stands_in, held = User.objects.get(pk=other.id), post_of(clerk, Role.CLERK)
    org_services.hand_over(clerk, held, stands_in, at(15), at(17), "开会")
    services.write(clerk, mill, DAY, "", "", zero=True)
    services.sign(principal, mill, DAY, Signing.PRINCIPAL)
    report = services.submit(again(other), mill, DAY)
    first = Hand.read(report.signatures[0])
    assert (first.part, first.name, first.stead) == ("filler", "zhao", str(held.user))


def test_a_photo_of_a_signed_report_is_sealed_for_the_response(
    response: Response, mill: Unit, clerk: Actor, sign_in: SignIn
) -> None:
    picture = BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "JPEG")
    photo = SimpleUploadedFile("a.jpg", picture.getvalue(), "image/jpeg")
    told = {"part": "principal", "recorded_for": "王建国", "heard": "paper", "photo": photo}
    sign_in(clerk).post(reverse("reports:sign", args=[DAY, mill.code]), told)
    kept = Decision.objects.get().evidence
    assert kept is not None
    assert kept.response == response


def test_the_group_office_hears_of_an_objection_to_a_units_clerk(
    response: Response, group: Unit, mill: Unit, clerk: Actor, principal: Actor
) -> None:
    name = User.objects.get(pk=principal.id).name
    made = services.sign(clerk, mill, DAY, Signing.PRINCIPAL, name)
    signatures.object_to(principal, made)
    told = Notice.objects.filter(kind=NoticeKind.ESCALATION)
    assert set(told.values_list("unit__code", "role")) == {
        (mill.code, Role.CLERK),
        (group.code, Role.GROUP_OFFICE),
    }


def test_what_is_said_on_a_paper_holds_no_telephone_number(
    draft: Bulletin, sheet: Sheet, mill: Unit, checker: Actor, leader: Actor
) -> None:
    with pytest.raises(BadInput) as refused:
        signatures.give_back(checker, sheet, Situation.CHECKED, draft.digest, "问 13800138000")
    assert refused.value.field == "text"
    asked = signatures.Instruction(
        text="查清 110101199003074514 的去向", role=Role.PRINCIPAL, due=at(18)
    )
    with pytest.raises(BadInput):
        signatures.instruct(leader, sheet, mill, asked)
