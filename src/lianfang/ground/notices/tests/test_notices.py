from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client

from conftest import Post
from lianfang.ground.doors.models import Entry
from lianfang.ground.notices import queries
from lianfang.ground.notices.models import Message, Notice, Outbox
from lianfang.ground.notices.rules import Channel, NoticeKind, Sentence
from lianfang.ground.notices.services import Posting, To, mark_read, post, post_all, send
from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.orgs.rules import Role
from lianfang.kernel import clock, ids
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput, NotAllowed

DUE = Sentence("The daily report of %(unit)s is due.", {"unit": "江海面粉"})
Ring = Callable[..., bool]


@pytest.fixture
def ring() -> Ring:
    """Write a notice as another service would, inside its act."""

    def write(to: To, key: str = "k", url: str = "/notices/") -> bool:
        with transaction.atomic():
            return post(to, DUE, kind=NoticeKind.REMINDER, key=key, now=clock.now(), url=url)

    return write


def of(actor: Actor, client: Client) -> Client:
    client.force_login(
        User.objects.get(pk=actor.id), "allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


def test_the_same_key_is_written_and_delivered_once(mill: Unit, clerk: Actor, ring: Ring) -> None:
    to = To(unit=mill, role=Role.CLERK)
    assert [ring(to), ring(to)] == [True, False]
    assert queries.unread_count(clerk) == 1
    delivery = Outbox.objects.get()
    assert (delivery.channel, delivery.tries, delivery.problem) == (Channel.IN_APP, 1, "")
    assert delivery.sent_at is not None


def test_a_notice_to_a_post_is_for_who_holds_it_and_for_nobody_else(
    mill: Unit, clerk: Actor, principal: Actor, stranger: Actor, overseer: Actor, ring: Ring
) -> None:
    ring(To(unit=mill, role=Role.CLERK))
    counts = [queries.unread_count(actor) for actor in (clerk, principal, stranger, overseer)]
    assert counts == [1, 0, 0, 0]


def test_a_notice_without_a_role_is_for_everybody_with_a_post_at_the_unit(
    mill: Unit, clerk: Actor, principal: Actor, stranger: Actor, ring: Ring
) -> None:
    ring(To(unit=mill))
    assert [queries.unread_count(actor) for actor in (clerk, principal, stranger)] == [1, 1, 0]


def test_a_notice_by_name_is_for_that_user_alone(
    mill: Unit, clerk: Actor, principal: Actor, ring: Ring
) -> None:
    ring(To(user=User.objects.get(pk=clerk.id)))
    assert [queries.unread_count(actor) for actor in (clerk, principal)] == [1, 0]


def test_a_notice_by_name_cannot_be_read_by_another(
    mill: Unit, clerk: Actor, principal: Actor, ring: Ring
) -> None:
    ring(To(user=User.objects.get(pk=clerk.id)))
    with pytest.raises(NotAllowed):
        mark_read(principal, Notice.objects.get())
    mark_read(clerk, Notice.objects.get())
    assert queries.unread_count(clerk) == 0


def test_who_read_first_stays_on_record(mill: Unit, post: Post, ring: Ring) -> None:
    first, second = post(Role.CLERK, mill, "one"), post(Role.CLERK, mill, "two")
    ring(To(unit=mill, role=Role.CLERK))
    notice = queries.notices(second, "notices.mark_read").get()
    mark_read(first, queries.notice(first, notice.pk))
    mark_read(second, queries.notice(second, notice.pk))
    notice.refresh_from_db()
    assert (notice.read_by, notice.read_by_name) == (first.who, "one")
    assert queries.unread_count(second) == 0


def test_a_notice_for_another_post_cannot_be_marked_as_read(
    mill: Unit, clerk: Actor, principal: Actor, ring: Ring
) -> None:
    ring(To(unit=mill, role=Role.CLERK))
    with pytest.raises(NotAllowed):
        mark_read(principal, Notice.objects.get())
    assert Notice.objects.get().read_at is None
    assert Entry.objects.get(refused="NotAllowed").act == "notices.mark_read"


def test_many_are_written_and_read_at_once(mill: Unit, clerk: Actor) -> None:
    to = To(unit=mill, role=Role.CLERK)
    postings = [
        Posting(to=to, sentence=DUE, kind=NoticeKind.TASK, key=f"k{at}") for at in range(600)
    ]
    with transaction.atomic():
        assert post_all(postings, clock.now()) == 600
    found = queries.unread(clerk)
    done = mark_read.many(clerk, [mark_read.on(row) for row in found])
    assert (len(done), queries.unread_count(clerk)) == (600, 0)


def test_the_sender_sees_who_has_not_read(
    group: Unit, mill: Unit, port: Unit, overseer: Actor, clerk: Actor, stranger: Actor
) -> None:
    to = [To(unit=unit, role=Role.CLERK) for unit in (mill, port)]
    note = send(overseer, group, " 今天 15:00 前补报 ", to, ids.new())
    mark_read(clerk, queries.unread(clerk).get())
    [told] = queries.sent(overseer)
    assert (told.text, told.of, told.read, told.unread) == ("今天 15:00 前补报", 2, 1, 1)
    silent, heard = queries.receipts(overseer, note)
    assert (silent.to, silent.read_at, silent.vacant) == (
        f"江海港务 {queries.post_word(Role.CLERK)}",
        None,
        False,
    )
    assert heard.to == f"江海面粉 {queries.post_word(Role.CLERK)}"
    assert heard.read_by_name == "clerk-m"


def test_a_post_that_nobody_holds_is_not_taken_for_silence(
    group: Unit, mill: Unit, overseer: Actor
) -> None:
    note = send(overseer, group, "测温", [To(unit=mill, role=Role.DUTY)], ids.new())
    assert queries.receipts(overseer, note)[0].vacant


def test_a_note_sent_twice_by_the_same_form_goes_once(
    group: Unit, mill: Unit, overseer: Actor
) -> None:
    key = ids.new()
    for _ in range(2):
        send(overseer, group, "测温", [To(unit=mill, role=Role.CLERK)], key)
    assert (Message.objects.count(), Notice.objects.count()) == (1, 1)


def test_a_unit_does_not_write_to_its_neighbour(mill: Unit, port: Unit, clerk: Actor) -> None:
    with pytest.raises(NotAllowed):
        send(clerk, mill, "借 200 只口罩", [To(unit=port, role=Role.CLERK)], ids.new())
    assert not Message.objects.exists()


@pytest.mark.parametrize(("text", "field"), [("  ", "text"), ("一" * 1001, "text"), ("好", "to")])
def test_an_empty_or_endless_note_is_not_sent(
    mill: Unit, clerk: Actor, text: str, field: str
) -> None:
    to = [] if field == "to" else [To(unit=mill, role=Role.CLERK)]
    with pytest.raises(BadInput) as refused:
        send(clerk, mill, text, to, ids.new())
    assert refused.value.field == field


def test_the_text_of_a_note_stays_out_of_the_trail(group: Unit, mill: Unit, clerk: Actor) -> None:
    canary = "卡纳里街 7 号"
    send(clerk, mill, canary, [To(unit=mill, role=Role.PRINCIPAL)], ids.new())
    assert canary not in str(list(Entry.objects.values_list("arguments", flat=True)))


def test_a_reader_opens_a_notice_and_it_counts_as_read(
    mill: Unit, clerk: Actor, ring: Ring, client: Client
) -> None:
    ring(To(unit=mill, role=Role.CLERK), url="/account/password/change/")
    page = of(clerk, client).get("/notices/")
    assert "江海面粉" in page.content.decode()
    notice = Notice.objects.get()
    answer = client.post(f"/notices/{notice.pk}/read", {"open": "1"})
    assert answer["Location"] == "/account/password/change/"
    assert queries.unread_count(clerk) == 0
    assert "clerk-m" not in client.get("/notices/?all=1").content.decode().partition("<main")[2]


def test_all_of_a_kind_are_marked_as_read_by_one_button(
    mill: Unit, clerk: Actor, ring: Ring, client: Client
) -> None:
    ring(To(unit=mill, role=Role.CLERK))
    of(clerk, client).post("/notices/read", {"kind": "note"})
    assert queries.unread_count(clerk) == 1
    client.post("/notices/read", {"kind": ""})
    assert queries.unread_count(clerk) == 0


def test_the_office_writes_to_its_units_and_sees_the_receipts(
    group: Unit, mill: Unit, overseer: Actor, client: Client
) -> None:
    form = of(overseer, client).get("/notices/write").content.decode()
    assert "江海面粉" in form
    told = {"unit": group.pk, "text": "今晚报数", "units": [mill.pk], "posts": ["clerk"]}
    page = client.post("/notices/write", {**told, "key": str(ids.new())}, follow=True)
    assert "今晚报数" in page.content.decode()
    assert "今晚报数" in client.get("/notices/sent/").content.decode()


def test_a_form_with_nothing_in_it_comes_back_with_what_is_missing(
    mill: Unit, clerk: Actor, client: Client
) -> None:
    page = of(clerk, client).post("/notices/write", {"text": ""})
    assert page.status_code == 200
    assert not Message.objects.exists()


def test_a_stranger_finds_neither_notice_nor_receipts(
    group: Unit, mill: Unit, overseer: Actor, stranger: Actor, client: Client
) -> None:
    note = send(overseer, group, "测温", [To(unit=mill, role=Role.CLERK)], ids.new())
    notice = Notice.objects.get()
    asked = of(stranger, client)
    assert asked.post(f"/notices/{notice.pk}/read").status_code == 404
    assert asked.get(f"/notices/sent/{note.pk}/").status_code == 404
    assert Notice.objects.get().read_at is None
