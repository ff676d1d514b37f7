"""The first day of a group: nothing is compared with a day on which nobody was counted."""

from uuid import uuid4

from django.urls import reverse

from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import UnitKind
from lianfang.ground.orgs.services import UnitLine, enter_unit
from lianfang.ground.response.models import Response
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.people.register.rules.lines import PersonLine, Whereabouts
from lianfang.people.register.rules.words import Employment
from lianfang.people.register.services import take
from lianfang.people.register.services.taking import Taken
from lianfang.rollup.reports import queries
from lianfang.rollup.reports.tests.conftest import DAY, SignIn, send

PAGE = reverse("reports:page", args=[DAY, "M"])


def enter(unit: Unit, name: str) -> None:
    line = PersonLine(name=name, employment=Employment.REGULAR, person_no=f"N{uuid4().hex[:8]}")
    take(OPERATOR, unit, Taken(line, where=Whereabouts(in_town=True, region="330302")))


def test_the_report_of_the_first_day_has_no_yesterday(
    response: Response, mill: Unit, clerk: Actor, sign_in: SignIn
) -> None:
    enter(mill, "王建国")
    told = {entry.figure.code: entry for entry in queries.standing(clerk, mill, DAY).entries}
    assert told["in_town"].value.value == 1
    assert told["in_town"].change is None
    assert "lf-delta-up" not in sign_in(clerk).get(PAGE).content.decode()


def test_the_paper_of_the_first_day_compares_nothing_though_the_head_office_is_counted(
    response: Response,
    group: Unit,
    mill: Unit,
    clerk: Actor,
    principal: Actor,
    overseer: Actor,
) -> None:
    enter(enter_unit(OPERATOR, group, UnitLine("D", "办公室", UnitKind.DEPARTMENT)), "李秀英")
    enter(mill, "王建国")
    send(clerk, principal, mill)
    content = queries.live_content(overseer, DAY)
    assert {line.change for line in content.lines} == {None}
    told = queries.draft_paper(content, "zh")
    text = "".join([*told.opening, *(t for s in told.sections for t in s.paragraphs)])
    assert "职工在册 2 人" in text
    assert "较昨日" not in text
    assert queries.chat(content, "zh").splitlines()[-1] == "无昨日数，不作比较"
