"""What came while the workbook was away: both are shown, one is chosen to count, none is lost."""

from decimal import Decimal

import pytest
import time_machine

from lianfang.ground.figures.models import Typed
from lianfang.ground.figures.services import Line, type_in
from lianfang.ground.orgs.models import Unit
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.kernel.refusals import Conflict, NotAllowed
from lianfang.people.checkins.models import CheckIn
from lianfang.people.checkins.rules import Reading
from lianfang.people.checkins.rules import Sheet as OnePerson
from lianfang.people.checkins.services import record
from lianfang.people.register.models import Person
from lianfang.rollup.daybooks import services
from lianfang.rollup.daybooks.models import BookChoice
from lianfang.rollup.daybooks.rules.settling import Chosen, Sort
from lianfang.rollup.daybooks.services import HandedOut, Wish
from lianfang.rollup.daybooks.tests.conftest import (
    DAY,
    at,
    brought,
    news,
    number,
    opened,
    person,
    signed,
)
from lianfang.rollup.reports import services as reports
from lianfang.rollup.reports.models import Narrative
from lianfang.rollup.reports.rules.states import Signing


def test_a_reading_that_came_meanwhile_stays_beside_the_workbooks(
    out: HandedOut, clerk: Actor, chen: Person, clock: time_machine.Traveller
) -> None:
    clock.move_to(at(9))
    told = Reading(taken_at=at(9), temperature=Decimal("37.5"), method="axillary")
    record(OPERATOR, chen, OnePerson(told))
    clock.move_to(at(15, 30))
    book = opened(out.content)
    person(book, "陈小满", 体温=36.4, 测量时间="8:00")
    back = brought(clerk, book)
    met = services.look(clerk, back).met
    assert [(each.sort, each.in_book, each.here, each.book_newer) for each in met] == [
        (Sort.READING, "36.4 °C", "37.5 °C", False)
    ]
    services.settle(clerk, back, Wish())
    first, second = CheckIn.objects.order_by("happened_at")
    assert (first.counts, second.counts) == (False, True)


def test_a_figure_typed_meanwhile_asks_which_one_counts(
    out: HandedOut, clerk: Actor, mill: Unit, clock: time_machine.Traveller
) -> None:
    clock.move_to(at(11))
    type_in(clerk, mill, DAY, Line("masks_used", "90"))
    type_in(clerk, mill, DAY, Line("disinfect_done", "4"))
    clock.move_to(at(15, 30))
    book = opened(out.content)
    number(book, "masks_used", 今日=120)
    number(book, "disinfect_done", 今日=6)
    number(book, "disinfect_due", 今日=6)
    back = brought(clerk, book)
    with pytest.raises(Conflict, match="which value counts"):
        services.settle(clerk, back, Wish())
    assert Typed.objects.count() == 2
    choices = {"figure-masks_used": Chosen.BOOK, "figure-disinfect_done": Chosen.HERE}
    services.settle(clerk, back, Wish(choices=choices))
    last = {row.code: row.value for row in Typed.objects.order_by("recorded_at", "id")}
    assert last == {"masks_used": 120, "disinfect_done": 4, "disinfect_due": 6}
    kept = {row.about: (row.in_book, row.here, row.chosen) for row in BookChoice.objects.all()}
    assert kept == {
        "figure-masks_used": ("120", "90", "book"),
        "figure-disinfect_done": ("6", "4", "here"),
    }


def test_of_two_texts_both_can_be_kept(
    out: HandedOut, clerk: Actor, mill: Unit, clock: time_machine.Traveller
) -> None:
    clock.move_to(at(11))
    reports.write(clerk, mill, DAY, "上午一人发热", "", zero=False)
    clock.move_to(at(15, 30))
    book = opened(out.content)
    news(book, "新情况新问题", "下午已送医")
    back = brought(clerk, book)
    services.settle(clerk, back, Wish(choices={"news": Chosen.BOTH}))
    assert Narrative.objects.get().new_issues == "上午一人发热\n下午已送医"
    assert BookChoice.objects.get().here == "上午一人发热"
    again = services.look(clerk, brought(clerk, book))
    assert (again.news, again.asks) == (0, [])


def test_a_signature_and_a_report_that_came_meanwhile_are_shown(
    out: HandedOut,
    clerk: Actor,
    principal: Actor,
    mill: Unit,
    clock: time_machine.Traveller,
) -> None:
    clock.move_to(at(11))
    reports.write(clerk, mill, DAY, "", "", zero=True)
    reports.sign(principal, mill, DAY, Signing.PRINCIPAL)
    reports.submit(clerk, mill, DAY)
    clock.move_to(at(15, 30))
    book = opened(out.content)
    number(book, "masks_used", 今日=120)
    signed(book, "负责人", "principal-m")
    back = brought(clerk, book)
    seen = services.look(clerk, back)
    assert {met.sort for met in seen.met} == {Sort.REPORT, Sort.NAME}
    done = services.settle(clerk, back, Wish(send=True))
    assert done.outcome.version == 2


def test_the_same_return_is_settled_once_and_a_stranger_settles_nothing(
    out: HandedOut, clerk: Actor, stranger: Actor, clock: time_machine.Traveller
) -> None:
    clock.move_to(at(15, 30))
    book = opened(out.content)
    number(book, "masks_used", 今日=120)
    back = brought(clerk, book)
    with pytest.raises(NotAllowed):
        services.look(stranger, back)
    with pytest.raises(NotAllowed):
        services.settle(stranger, back, Wish())
    services.settle(clerk, back, Wish())
    with pytest.raises(Conflict):
        services.settle(clerk, back, Wish())
    assert Typed.objects.count() == 1


def test_a_report_that_is_not_complete_stops_the_whole_step(
    out: HandedOut, clerk: Actor, clock: time_machine.Traveller
) -> None:
    clock.move_to(at(15, 30))
    book = opened(out.content)
    number(book, "masks_used", 今日=120)
    back = brought(clerk, book)
    assert not services.look(clerk, back).complete
    with pytest.raises(Conflict, match="cannot be sent"):
        services.settle(clerk, back, Wish(send=True))
    assert not Typed.objects.exists()


def test_remarks_are_opened_on_record_only(
    out: HandedOut, clerk: Actor, clock: time_machine.Traveller, chen: Person
) -> None:
    clock.move_to(at(15, 30))
    book = opened(out.content)
    person(book, "陈小满", 备注="说嗓子有点干")
    back = brought(clerk, book)
    services.settle(clerk, back, Wish())
    back.refresh_from_db()
    assert "嗓子" not in repr(back.told)
    opened_ = services.open_remarks(clerk, back)
    assert opened_.remarks == (("陈小满", "说嗓子有点干"),)
    assert opened_.subjects == (chen.pk,)
