from datetime import timedelta
from decimal import Decimal

import pytest
from time_machine import Traveller as Clock

from conftest import Post
from lianfang.ground.loops.models import Loop
from lianfang.ground.notices.models import Notice
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.orgs.services import give_post
from lianfang.ground.response.models import Response
from lianfang.kernel.actor import CLOCK, OPERATOR, Actor
from lianfang.kernel.refusals import BadInput, Conflict, NotAllowed, NotYourself
from lianfang.rollup.reports import queries, services
from lianfang.rollup.reports.models import DailyReport, ReportFigure
from lianfang.rollup.reports.rules.states import ReportState, Signing
from lianfang.rollup.reports.tests.conftest import DAY, at, send, typed


def test_a_company_reports_and_the_group_accepts(
    response: Response, mill: Unit, clerk: Actor, principal: Actor, overseer: Actor
) -> None:
    services.open_day(CLOCK, None, DAY)
    typed(clerk, mill, "close_contacts", 1)
    report = send(clerk, principal, mill)
    assert queries.standing(overseer, mill, DAY).state is ReportState.SUBMITTED
    services.accept(overseer, report)
    assert queries.standing(clerk, mill, DAY).state is ReportState.ACCEPTED
    frozen = queries.frozen_values(overseer, [report])[mill.pk]
    assert frozen["close_contacts"].value == 1
    loop = Loop.objects.get(kind="daily_report", unit=mill)
    assert loop.done_at is not None
    assert loop.verified_at is not None


def test_whoever_sent_a_report_cannot_accept_it(
    response: Response, mill: Unit, group: Unit, post: Post, principal: Actor
) -> None:
    both = post("group_office", group, "both")
    user = User.objects.get(pk=both.id)
    give_post(OPERATOR, mill, user, "clerk")
    both = orgs.signed_in(user)
    report = send(both, principal, mill)
    with pytest.raises(NotYourself):
        services.accept(both, report)
    report.refresh_from_db()
    assert report.accepted_at is None


def test_a_report_without_the_principals_name_is_not_sent(
    response: Response, mill: Unit, clerk: Actor
) -> None:
    with pytest.raises(Conflict):
        services.submit(clerk, mill, DAY)
    assert not DailyReport.objects.exists()


def test_a_signature_is_void_once_the_numbers_move(
    response: Response, mill: Unit, clerk: Actor, principal: Actor
) -> None:
    services.sign(principal, mill, DAY, Signing.PRINCIPAL)
    typed(clerk, mill, "masks_balance", 40)
    with pytest.raises(Conflict):
        services.submit(clerk, mill, DAY)


def test_a_contradiction_blocks_and_unknown_numbers_do_not(
    response: Response, mill: Unit, clerk: Actor, principal: Actor
) -> None:
    typed(clerk, mill, "disinfect_due", 2)
    typed(clerk, mill, "disinfect_done", 3)
    assert [c.code for c in queries.standing(clerk, mill, DAY).contradictions] == [
        "part_disinfect_done"
    ]
    with pytest.raises(Conflict):
        send(clerk, principal, mill)
    typed(clerk, mill, "disinfect_done", 2)
    assert send(clerk, principal, mill).version == 1


def test_a_returned_report_comes_again_as_the_next_version(
    response: Response, mill: Unit, clerk: Actor, principal: Actor, overseer: Actor
) -> None:
    services.open_day(CLOCK, None, DAY)
    first = send(clerk, principal, mill)
    services.give_back(overseer, first, "口罩数不对")
    assert queries.standing(clerk, mill, DAY).state is ReportState.RETURNED
    typed(clerk, mill, "masks_balance", 40)
    second = send(clerk, principal, mill)
    assert (second.version, queries.standing(clerk, mill, DAY).state) == (2, ReportState.SUBMITTED)
    with pytest.raises(Conflict):
        services.accept(overseer, first)


def test_a_report_that_is_in_is_not_sent_twice(
    response: Response, mill: Unit, clerk: Actor, principal: Actor
) -> None:
    send(clerk, principal, mill)
    with pytest.raises(Conflict):
        services.submit(clerk, mill, DAY)
    assert DailyReport.objects.count() == 1


def test_a_correction_keeps_the_counted_number_beside_it(
    response: Response, mill: Unit, clerk: Actor, principal: Actor
) -> None:
    services.override(clerk, mill, DAY, "headcount_total", Decimal(2), "两人未入册")
    entry = next(
        e for e in queries.standing(clerk, mill, DAY).entries if e.figure.code == "headcount_total"
    )
    assert (entry.value.value, entry.value.derived) == (2, 0)
    services.withdraw_override(clerk, mill, DAY, "headcount_total")
    with pytest.raises(Conflict):
        services.withdraw_override(clerk, mill, DAY, "headcount_total")
    assert queries.standing(clerk, mill, DAY).entries[0].override is None


def test_a_correction_without_a_reason_is_refused(
    response: Response, mill: Unit, clerk: Actor
) -> None:
    with pytest.raises(BadInput) as refused:
        services.override(clerk, mill, DAY, "headcount_total", Decimal(2), "  ")
    assert refused.value.field == "reason"


def test_new_situations_hold_no_identity_or_mobile_numbers(
    response: Response, mill: Unit, clerk: Actor
) -> None:
    for text in ("张某 330302199001010017 发热", "电话 13800138000"):
        with pytest.raises(BadInput):
            services.write(clerk, mill, DAY, text, "", zero=False)
    services.write(clerk, mill, DAY, "15:51 南门 1 人体温 37.8", "", zero=False)
    assert queries.standing(clerk, mill, DAY).new_issues.startswith("15:51")


def test_the_zero_report_contradicts_a_new_situation(
    response: Response, mill: Unit, clerk: Actor
) -> None:
    services.write(clerk, mill, DAY, "南门 1 人发热", "", zero=True)
    assert [c.code for c in queries.standing(clerk, mill, DAY).contradictions] == ["zero"]


def test_a_late_report_is_marked_late_and_still_counts(
    response: Response,
    mill: Unit,
    clerk: Actor,
    principal: Actor,
    afternoon: Clock,
) -> None:
    afternoon.move_to(at(16, 30))
    send(clerk, principal, mill)
    told = queries.standing(clerk, mill, DAY)
    assert told.late
    assert told.state is ReportState.SUBMITTED


def test_the_day_opens_one_loop_for_each_company_however_often_it_is_opened(
    response: Response, mill: Unit, port: Unit
) -> None:
    for _ in range(2):
        services.open_day(CLOCK, None, DAY)
    assert set(Loop.objects.filter(kind="daily_report").values_list("unit__code", flat=True)) == {
        "M",
        "P",
    }
    assert Loop.objects.count() == 2


def test_one_click_chases_the_units_that_are_missing(
    response: Response, mill: Unit, port: Unit, clerk: Actor, principal: Actor, overseer: Actor
) -> None:
    send(clerk, principal, mill)
    done = services.chase.many(overseer, [services.chase.on(unit, DAY) for unit in (mill, port)])
    assert [type(item.refused) for item in done] == [Conflict, type(None)]
    assert set(Notice.objects.filter(kind="reminder").values_list("unit__code", flat=True)) == {"P"}


def test_a_stranger_sees_and_does_nothing(
    response: Response, mill: Unit, clerk: Actor, principal: Actor, stranger: Actor
) -> None:
    report = send(clerk, principal, mill)
    with pytest.raises(NotAllowed):
        services.submit(stranger, mill, DAY)
    assert not queries.reports_of(stranger, DAY).exists()
    with pytest.raises(NotAllowed):
        services.accept(stranger, report)
    assert not queries.frozen_values(stranger, [report])[mill.pk]


def test_the_bulletin_names_who_is_missing_and_stands_with_yesterdays_numbers(
    response: Response,
    mill: Unit,
    port: Unit,
    clerk: Actor,
    principal: Actor,
    overseer: Actor,
    stranger: Actor,
    afternoon: Clock,
    post: Post,
) -> None:
    before = DAY - timedelta(days=1)
    afternoon.move_to(at(15, day=30))
    boss = post("principal", port)
    for actor, head, unit, contacts in ((clerk, principal, mill, 1), (stranger, boss, port, 2)):
        typed(actor, unit, "close_contacts", contacts, before)
        send(actor, head, unit, before)
    afternoon.move_to(at(16, 20))
    typed(clerk, mill, "close_contacts", 4)
    send(clerk, principal, mill)
    content = queries.live_content(overseer, DAY)
    assert content.missing == ["P"]
    line = content.line("close_contacts")
    assert line is not None
    assert (line.today.value, line.yesterday.value) == (6, 3)
    assert [(move.code, move.by) for move in line.moved] == [("M", 3)]
    assert queries.chat(content, "zh").splitlines()[-1] == "密接 +3：江海面粉 +3"
    assert "江海港务" in queries.draft_paper(content, "zh").opening[0]


def test_the_bulletin_is_drafted_checked_released_and_then_frozen(
    response: Response,
    mill: Unit,
    group: Unit,
    clerk: Actor,
    principal: Actor,
    overseer: Actor,
    checker: Actor,
    leader: Actor,
) -> None:
    send(clerk, principal, mill)
    draft = services.draft_bulletin(overseer, group, DAY, "注意保暖")
    with pytest.raises(Conflict):
        services.release_bulletin(overseer, draft, draft.digest)
    services.check_bulletin(checker, draft, draft.digest)
    services.release_bulletin(leader, draft, draft.digest)
    typed(clerk, mill, "close_contacts", 9)
    found = queries.bulletin_of(overseer, DAY)
    assert found is not None
    frozen = queries.bulletin_content(overseer, found)
    line = frozen.line("close_contacts")
    assert line is not None
    assert line.today.value is None
    with pytest.raises(Conflict):
        services.check_bulletin(checker, draft, draft.digest)
    assert services.draft_bulletin(overseer, group, DAY).version == 2


def test_a_clerk_is_shown_no_bulletin_of_the_group(response: Response, clerk: Actor) -> None:
    with pytest.raises(NotAllowed):
        queries.live_content(clerk, DAY)


def test_a_report_keeps_the_ids_of_the_rows_that_it_counted(
    response: Response, mill: Unit, clerk: Actor, principal: Actor
) -> None:
    report = send(clerk, principal, mill)
    figure = ReportFigure.objects.get(report=report, code="headcount_total")
    assert len(bytes(figure.counted)) == 16 * int(figure.value or 0)
