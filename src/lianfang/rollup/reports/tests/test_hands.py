"""Whose hand is under a report and under a bulletin, and which text it is under."""

from datetime import timedelta

import pytest

from lianfang.ground.orgs.models import Unit
from lianfang.ground.response.models import Response
from lianfang.ground.signing.models import Decision
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput, Conflict, NotYourself
from lianfang.rollup.reports import queries, services
from lianfang.rollup.reports.models import Bulletin, DailyReport
from lianfang.rollup.reports.rules.states import Signing
from lianfang.rollup.reports.tests.conftest import DAY


def test_a_clerk_does_not_sign_as_the_principal_in_his_own_name(
    response: Response, mill: Unit, clerk: Actor
) -> None:
    for nobody in ("", "  "):
        with pytest.raises(BadInput) as refused:
            services.sign(clerk, mill, DAY, Signing.PRINCIPAL, nobody)
        assert refused.value.field == "recorded_for"
    assert not Decision.objects.exists()
    services.write(clerk, mill, DAY, "", "", zero=True)
    with pytest.raises(Conflict, match="not signed"):
        services.submit(clerk, mill, DAY)
    assert not DailyReport.objects.exists()


def test_a_clerk_records_the_principals_signature_and_it_is_shown_so(
    response: Response, mill: Unit, clerk: Actor
) -> None:
    services.write(clerk, mill, DAY, "", "", zero=True)
    services.sign(clerk, mill, DAY, Signing.PRINCIPAL, " 王建国 ")
    signed = queries.standing(clerk, mill, DAY).signatures[0]
    assert (signed.name, signed.recorder) == ("王建国", "clerk-m")
    assert services.submit(clerk, mill, DAY).version == 1


def test_a_recorded_name_holds_no_telephone_number(
    response: Response, mill: Unit, clerk: Actor
) -> None:
    with pytest.raises(BadInput) as refused:
        services.sign(clerk, mill, DAY, Signing.PRINCIPAL, "王建国 13800138000")
    assert refused.value.field == "recorded_for"
    assert not Decision.objects.exists()


def test_a_filler_and_the_principal_sign_for_themselves(
    response: Response, mill: Unit, clerk: Actor, principal: Actor
) -> None:
    services.sign(clerk, mill, DAY, Signing.FILLER)
    services.sign(principal, mill, DAY, Signing.PRINCIPAL)
    assert Decision.objects.filter(recorder="").count() == 2


def test_whoever_drafted_the_bulletin_does_not_check_it(
    response: Response, group: Unit, mill: Unit, overseer: Actor, checker: Actor, leader: Actor
) -> None:
    draft = services.draft_bulletin(overseer, group, DAY)
    with pytest.raises(NotYourself):
        services.check_bulletin(overseer, draft, draft.digest)
    with pytest.raises(Conflict):
        services.release_bulletin(checker, draft, draft.digest)
    assert Bulletin.objects.get().checked_at is None
    services.check_bulletin(checker, draft, draft.digest)
    with pytest.raises(NotYourself):
        services.release_bulletin(overseer, draft, draft.digest)
    services.release_bulletin(leader, draft, draft.digest)
    assert Bulletin.objects.get().released_at is not None


def test_a_text_that_was_drafted_anew_is_neither_checked_nor_released_unread(
    response: Response, group: Unit, mill: Unit, overseer: Actor, checker: Actor
) -> None:
    seen = services.draft_bulletin(overseer, group, DAY, "a").digest
    other = services.draft_bulletin(overseer, group, DAY, "nobody has read this")
    with pytest.raises(Conflict) as refused:
        services.check_bulletin(checker, other, seen)
    assert "has changed" in str(refused.value)
    services.check_bulletin(checker, other, other.digest)
    with pytest.raises(Conflict):
        services.release_bulletin(checker, other, seen)
    last = services.draft_bulletin(overseer, group, DAY, "nor this")
    with pytest.raises(Conflict):
        services.release_bulletin(checker, other, last.digest)
    assert Bulletin.objects.get().released_at is None


def test_the_number_is_given_at_release_and_once(
    response: Response, group: Unit, mill: Unit, overseer: Actor, checker: Actor, leader: Actor
) -> None:
    before = DAY - timedelta(days=1)

    def number(row: Bulletin) -> int:
        row.refresh_from_db()
        return queries.bulletin_content(overseer, row).number

    today = services.draft_bulletin(overseer, group, DAY)
    yesterday = services.draft_bulletin(overseer, group, before)
    assert [today.number, number(today), number(yesterday)] == [None, 1, 1]
    for row in (yesterday, today):
        services.check_bulletin(checker, row, row.digest)
        services.release_bulletin(leader, row, row.digest)
    assert (number(yesterday), number(today)) == (1, 2)
    again = services.draft_bulletin(overseer, group, before)
    assert number(again) == 1
    services.check_bulletin(checker, again, again.digest)
    services.release_bulletin(leader, again, again.digest)
    again.refresh_from_db()
    assert (again.number, again.again) == (1, True)


def test_a_report_says_what_is_new_or_that_nothing_is(
    response: Response, mill: Unit, clerk: Actor, principal: Actor
) -> None:
    services.sign(principal, mill, DAY, Signing.PRINCIPAL)
    with pytest.raises(Conflict, match="zero report"):
        services.submit(clerk, mill, DAY)
    assert not DailyReport.objects.exists()
    services.write(clerk, mill, DAY, "", "", zero=True)
    services.sign(principal, mill, DAY, Signing.PRINCIPAL)
    assert services.submit(clerk, mill, DAY).zero
