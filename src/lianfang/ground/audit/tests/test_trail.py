import csv
from collections.abc import Callable
from datetime import date
from io import StringIO

import pytest
from django.test import Client
from django.utils import translation

from conftest import user_with
from lianfang.ground.audit import queries, services, telling
from lianfang.ground.audit.rules import asked
from lianfang.ground.audit.rules.asked import Asked
from lianfang.ground.doors.act import ACTS
from lianfang.ground.doors.models import Entry, Subject
from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.orgs.queries import signed_in
from lianfang.ground.orgs.rules import Role, UnitKind
from lianfang.ground.orgs.services import UnitLine, change_user, enter_unit, give_post
from lianfang.kernel import clock, ids
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.kernel.refusals import BadInput, NotAllowed

TRAIL = "/audit/"


@pytest.fixture
def reader(client: Client, group: Unit) -> Client:
    """The auditor's browser."""
    client.force_login(user_with(Role.AUDITOR, group))
    return client


def line(code: str) -> UnitLine:
    return UnitLine(code, f"{code} 分公司", UnitKind.BRANCH)


def told(page: asked.Page) -> list[str]:
    return [one.act for one in page.lines]


def test_the_auditor_reads_who_did_what_where(mill: Unit, overseer: Actor, reader: Client) -> None:
    enter_unit(overseer, mill, line("X"))
    shown = reader.get(TRAIL, {"act": "units.enter", "unit": mill.path}).content.decode()
    assert "group_office-g" in shown
    assert "录入单位" in shown
    assert "X" in shown


def test_the_trail_is_not_there_for_who_may_not_read_it(clerk: Actor, client: Client) -> None:
    client.force_login(User.objects.get(pk=clerk.id))
    assert client.get(TRAIL).status_code == 404
    assert client.post("/audit/copy").status_code == 404


def test_what_was_done_is_found_by_act_person_place_day_and_refusal(
    mill: Unit, port: Unit, overseer: Actor, clerk: Actor, auditor: Actor
) -> None:
    enter_unit(overseer, mill, line("X"))
    with pytest.raises(NotAllowed):
        enter_unit(clerk, port, line("Y"))
    today = clock.now().date()

    def found(**what: object) -> int:
        return len(queries.page(auditor, Asked(**what)).lines)  # type: ignore[arg-type]

    assert found(act="units.enter", who="group_office") == 1
    assert found(who="nobody of this name") == 0
    assert found(unit=mill.path, act="units.enter") == 1
    assert found(refused=True) == 1
    assert found(act="units.enter", day=date(2020, 1, 31)) == 0
    assert found(act="units.enter", day=today) + found(act="units.enter", day=today) > 0


def test_a_day_is_searched_by_its_keys_and_by_its_hours_alike(mill: Unit, auditor: Actor) -> None:
    day = Entry.objects.latest("pk").happened_at.astimezone().date()
    every = {one.id for one in queries.page(auditor, Asked()).lines}
    assert {one.id for one in queries.page(auditor, Asked(day=day)).lines} <= every


def test_everything_that_happened_to_a_record_is_found_by_its_number(
    mill: Unit, overseer: Actor, auditor: Actor
) -> None:
    made = enter_unit(overseer, mill, line("X"))
    found = queries.page(auditor, Asked(subject=made.pk))
    assert [one.act for one in found.lines] == ["units.enter"]
    assert found.lines[0].subjects == (made.pk,)


def test_a_number_that_is_none_finds_nothing_and_says_so(reader: Client) -> None:
    response = reader.get(TRAIL, {"subject": "not a number"})
    assert not response.context["page"].lines
    assert response.context["form"].errors["subject"]


def test_older_entries_follow_page_by_page_and_none_twice(
    mill: Unit, overseer: Actor, auditor: Actor
) -> None:
    for number in range(60):
        enter_unit(overseer, mill, line(f"X{number}"))
    first = queries.page(auditor, Asked(act="units.enter"))
    rest = queries.page(auditor, Asked(act="units.enter", before=first.older))
    shown = [one.id for one in (*first.lines, *rest.lines)]
    assert len(first.lines) == 50
    assert len(shown) == len(set(shown)) == Entry.objects.filter(act="units.enter").count()
    assert rest.older is None


def test_the_page_asks_the_database_a_fixed_number_of_times(
    mill: Unit,
    overseer: Actor,
    auditor: Actor,
    django_assert_num_queries: Callable[..., object],
) -> None:
    for number in range(20):
        enter_unit(overseer, mill, line(f"X{number}"))
    with django_assert_num_queries(4):  # type: ignore[attr-defined]
        queries.page(auditor, Asked())


def test_a_copy_holds_no_formula_and_stands_in_the_trail_itself(
    mill: Unit, overseer: Actor, reader: Client
) -> None:
    evil = User.objects.get(pk=overseer.id)
    change_user(OPERATOR, evil, "=cmd|'/c calc'!A1", active=True)
    enter_unit(overseer, mill, UnitLine("A1", "@SUM(A1)", UnitKind.BRANCH))
    response = reader.post("/audit/copy", {"act": "units.enter"})
    assert response["Content-Disposition"].startswith("attachment;")
    text = response.content.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))
    assert not [cell for row in rows[1:] for cell in row if cell[:1] in "=+-@\t\r" and cell]
    assert any("'=cmd" in cell for row in rows for cell in row)
    assert Entry.objects.get(act="trail.export").arguments["asked.act"] == "units.enter"


def test_a_copy_out_of_two_companies_stands_in_the_trail_of_each(
    mill: Unit, port: Unit, overseer: Actor, client: Client
) -> None:
    both = user_with(Role.AUDITOR, mill, "both")
    give_post(OPERATOR, port, both, Role.AUDITOR)
    client.force_login(both)
    for unit, code in ((mill, "A1"), (port, "B1"), (mill, "A2")):
        enter_unit(overseer, unit, line(code))
    text = client.post("/audit/copy", {"act": "units.enter"}).content.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))[1:]
    assert [row[5] for row in rows] == ["江海面粉", "江海港务", "江海面粉"]
    copies = Entry.objects.filter(act="trail.export").values_list("place", flat=True)
    assert sorted(copies) == [mill.path, port.path]


def test_a_copy_that_would_be_too_long_is_refused(
    group: Unit, mill: Unit, auditor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MOST_COPIED", 1)
    with pytest.raises(BadInput):
        services.export(auditor, group, Asked())
    assert Entry.objects.get(act="trail.export").refused == "BadInput"


def test_somebody_sees_who_looked_at_him_and_nobody_else_does(
    mill: Unit, administrator: Actor, client: Client
) -> None:
    me = user_with(Role.CLERK, mill, "me")
    other = user_with(Role.CLERK, mill, "other")
    change_user(administrator, me, "本人", active=True)
    looks = queries.about(signed_in(me))
    assert told(looks) == ["users.change", "users.create"]
    assert looks.lines[0].who == "administrator-g"
    assert "users.change" not in told(queries.about(signed_in(other)))
    client.force_login(me)
    assert "administrator-g" in client.get("/audit/own/").content.decode()


def test_a_person_sees_who_looked_at_his_row_in_the_register(
    mill: Unit, administrator: Actor
) -> None:
    person = ids.new()
    me = user_with(Role.EMPLOYEE, mill, "me")
    User.objects.filter(pk=me.pk).update(person=person)
    me.refresh_from_db()
    entry = Entry.objects.latest("pk")
    entry.pk, entry.act, entry.arguments = ids.new(), "people.reveal", {"purpose": "sample"}
    entry.save(force_insert=True)
    Subject.objects.create(entry=entry, subject=person)
    assert told(queries.about(signed_in(me)))[0] == "people.reveal"


def test_ones_own_sign_ins_are_not_looks_by_others(mill: Unit) -> None:
    me = user_with(Role.CLERK, mill, "me")
    Client().force_login(me)
    assert "users.sign_in" not in told(queries.about(signed_in(me)))


@pytest.mark.parametrize("act", sorted(ACTS))
def test_every_act_is_told_in_words_in_both_languages(act: str) -> None:
    with translation.override("en"):
        english = telling.act_in_words(act)
    with translation.override("zh-hans"):
        chinese = telling.act_in_words(act)
    assert english != act
    assert chinese != english, f"{act} has no Chinese words in the catalogue of ground/audit"


def test_what_has_no_words_is_told_by_its_name() -> None:
    assert telling.act_in_words("nothing.known") == "nothing.known"
    assert telling.nameless("ghost:1") == "ghost:1"
    assert telling.way("telegraph") == "telegraph"
    assert telling.refusal("") == ""
