from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from conftest import Post
from lianfang.ground.doors.act import ACTS
from lianfang.ground.doors.models import Answer, Entry, Subject
from lianfang.ground.doors.once import Replay
from lianfang.ground.doors.sealing import blind, holds, reveal, seal
from lianfang.ground.doors.visible import allowed, visible
from lianfang.ground.orgs import queries
from lianfang.ground.orgs.models import Site, Unit, User
from lianfang.ground.orgs.rules import Role, UnitKind
from lianfang.ground.orgs.services import UnitLine, end_post, enter_unit, move_unit
from lianfang.kernel.actor import OPERATOR, STRANGER, Actor, Once
from lianfang.kernel.refusals import BadInput, KeyReused, NotAllowed
from lianfang.kernel.sealed import MASK, Keyring, Tampered

WIDE = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}


def line(code: str) -> UnitLine:
    return UnitLine(code, f"第{code}公司", UnitKind.BRANCH)


def test_an_act_leaves_one_entry_with_who_where_and_what(mill: Unit, overseer: Actor) -> None:
    before = Entry.objects.count()
    made = enter_unit(overseer, mill, line("X"))
    entry = Entry.objects.get(act="units.enter", who=overseer.who)
    assert Entry.objects.count() == before + 1
    assert entry.place == mill.path
    assert entry.arguments["told.code"] == "X"
    assert Subject.objects.get(entry=entry).subject == made.pk


def test_a_text_that_the_act_does_not_tell_stays_out_of_the_trail(
    mill: Unit, overseer: Actor
) -> None:
    canary = "卡纳里街 7 号"
    enter_unit(overseer, mill, replace(line("X"), address=canary))
    assert canary not in str(list(Entry.objects.values_list("arguments", flat=True)))


def test_a_refused_act_changes_nothing_and_is_entered(port: Unit, clerk: Actor) -> None:
    with pytest.raises(NotAllowed):
        enter_unit(clerk, port, line("X"))
    assert not Unit.objects.filter(code="X").exists()
    assert Entry.objects.get(refused="NotAllowed").act == "units.enter"


@pytest.mark.parametrize("name", sorted(ACTS))
def test_every_act_is_refused_to_a_stranger(name: str, group: Unit) -> None:
    act = ACTS[name]
    with pytest.raises(NotAllowed):
        act.on(group, *[group for _ in act.names]).run(STRANGER)
    assert Entry.objects.filter(act=name, refused="NotAllowed").count() == 1


def test_what_is_not_yours_looks_as_if_it_were_not_there(mill: Unit, stranger: Actor) -> None:
    assert not visible(Unit, stranger, "units.read").filter(pk=mill.pk).exists()


def test_no_grant_sees_nothing_and_everywhere_sees_all(mill: Unit, port: Unit) -> None:
    assert not visible(Unit, STRANGER, "units.read").exists()
    assert visible(Unit, OPERATOR, "units.read").count() == Unit.objects.count()


def test_two_posts_add_up(mill: Unit, port: Unit, group: Unit, post: Post) -> None:
    both = post(Role.CLERK, mill, "one")
    other = post(Role.CLERK, port, "two")
    joined = replace(both, grants=both.grants + other.grants)
    assert set(visible(Unit, joined, "units.read")) == {mill, port}


def test_a_post_at_a_site_reaches_that_site_only(market: Site, post: Post) -> None:
    guard = post(Role.GATEKEEPER, market.unit, "guard", market)
    assert list(visible(Site, guard, "sites.read")) == [market]
    assert not visible(Unit, guard, "units.read").exists()


def test_one_bad_item_does_not_spoil_the_others(
    mill: Unit, port: Unit, group: Unit, post: Post
) -> None:
    office = post(Role.ADMINISTRATOR, mill, "a")
    items = [
        enter_unit.on(mill, line("A")),
        enter_unit.on(port, line("B")),
        enter_unit.on(mill, line("A")),
        enter_unit.on(mill, line("C")),
    ]
    done = enter_unit.many(office, items)
    assert [type(item.refused) for item in done] == [type(None), NotAllowed, BadInput, type(None)]
    assert set(Unit.objects.filter(code__in="ABC").values_list("code", flat=True)) == {"A", "C"}
    entry = Entry.objects.get(who=office.who)
    assert (entry.count, entry.place) == (2, group.path)


def test_a_request_with_a_key_has_its_effect_once(mill: Unit, overseer: Actor) -> None:
    def once(body: str) -> Actor:
        key = Once("k1", "POST /units", body, lambda made: (201, str(made)))
        return replace(overseer, once=key)

    enter_unit(once("a"), mill, line("X"))
    with pytest.raises(Replay) as again:
        enter_unit(once("a"), mill, line("X"))
    assert (again.value.status, again.value.text) == (201, "第X公司")
    with pytest.raises(KeyReused):
        enter_unit(once("b"), mill, line("Y"))
    assert Unit.objects.filter(code__in="XY").count() == 1


def test_a_refusal_keeps_no_record_of_its_key(port: Unit, clerk: Actor) -> None:
    key = Once("k1", "POST /units", "a", lambda made: (201, str(made)))
    with pytest.raises(NotAllowed):
        enter_unit(replace(clerk, once=key), port, line("X"))
    assert not Answer.objects.exists()


def test_an_act_never_runs_inside_another(mill: Unit, overseer: Actor) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        enter_unit(overseer, mill, line("X"))


def test_the_trail_can_be_neither_changed_nor_deleted(mill: Unit) -> None:
    for change in (
        lambda: Entry.objects.update(act="nothing"),
        lambda: Subject.objects.all().delete(),
    ):
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            change()
    assert Entry.objects.filter(act="units.enter").exists()


def test_a_moved_unit_leaves_the_sight_of_its_former_superior(
    mill_branch: Unit, mill: Unit, port: Unit, clerk: Actor
) -> None:
    move_unit(OPERATOR, mill_branch, port)
    assert not visible(Unit, clerk, "units.read").filter(pk=mill_branch.pk).exists()


def test_a_sealed_column_prints_a_mask_and_opens_only_in_its_own_row(
    mill: Unit, port: Unit
) -> None:
    value = seal(mill, "address", "330302199001010000")
    assert value is not None
    assert (str(value), f"{value}", repr(value)) == (MASK, MASK, MASK)
    mill.address = value  # type: ignore[assignment]
    assert reveal(mill, "address") == "330302199001010000"
    port.address = value  # type: ignore[assignment]
    with pytest.raises(Tampered):
        reveal(port, "address")


def test_a_blind_index_finds_the_same_value_however_it_was_typed() -> None:
    wide = "33030219900101002X".translate(WIDE)
    assert blind(" 33030219900101002x ", "document") == blind(wide, "document")


def test_what_may_be_done_to_a_row_is_asked_by_one_statement(
    mill: Unit, clerk: Actor, stranger: Actor, django_assert_num_queries: object
) -> None:
    acts = ("reports.write", "users.create", "people.enter")
    with django_assert_num_queries(4):  # type: ignore[operator]
        found = [allowed(who, mill, acts) for who in (clerk, stranger, OPERATOR, STRANGER)]
    assert found == [{"reports.write", "people.enter"}, set(), set(acts), set()]


def test_the_same_number_in_two_columns_has_two_indexes() -> None:
    assert blind("13800000000", "document") != blind("13800000000", "phone")


def test_a_sealed_column_is_compared_without_being_opened(mill: Unit, port: Unit) -> None:
    value = seal(mill, "address", "江海路 1 号")
    mill.address = port.address = value  # type: ignore[assignment]
    assert holds(mill, "address", "江海路 1 号")
    assert not holds(mill, "address", "江海路 2 号")
    assert not holds(port, "address", "江海路 1 号")
    mill.address = None  # type: ignore[assignment]
    assert not holds(mill, "address", "")
    assert seal(mill, "remark", "江海路 1 号") != value


def test_a_destroyed_key_opens_nothing(tmp_path: object) -> None:
    ring = Keyring.at(tmp_path)  # type: ignore[arg-type]
    value = ring.seal("text", "t|1|c", "response-1")
    ring.destroy("response-1")
    fresh = Keyring.at(tmp_path)  # type: ignore[arg-type]
    with pytest.raises(Exception, match="response-1"):
        fresh.open(value, "t|1|c", "response-1")


def test_a_post_that_ended_counts_no_more(mill: Unit, post: Post) -> None:
    actor = post(Role.CLERK, mill)
    user = User.objects.get(pk=actor.id)
    end_post(OPERATOR, queries.posts(OPERATOR).get(user=user))
    assert not visible(Unit, queries.signed_in(user), "units.read").exists()
