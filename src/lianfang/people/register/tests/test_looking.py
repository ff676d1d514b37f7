import pytest

from lianfang.ground.doors.models import Entry, Subject
from lianfang.ground.orgs.models import Unit
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput, NotAllowed
from lianfang.people.register import services
from lianfang.people.register.models import Person
from lianfang.people.register.rules.words import Purpose, SealedColumn
from lianfang.people.register.services import Listing
from lianfang.people.register.tests.conftest import identity, mobile


def test_a_look_shows_one_value_and_is_entered_with_its_purpose(clerk: Actor, chen: Person) -> None:
    shown = services.reveal(clerk, chen, SealedColumn.PHONE, Purpose.REACH, "催打卡")
    assert shown.value == mobile(1)
    entry = Entry.objects.get(act="people.reveal")
    assert entry.arguments == {"column": "phone", "purpose": "reach", "words": "催打卡"}
    assert Subject.objects.get(entry=entry).subject == chen.pk
    assert mobile(1) not in repr(shown)


def test_every_sealed_column_opens_to_what_was_told(clerk: Actor, chen: Person) -> None:
    looks = {
        column: services.reveal(clerk, chen, column, Purpose.VERIFY).value
        for column in SealedColumn
    }
    assert looks == {
        SealedColumn.DOCUMENT: identity(1),
        SealedColumn.PHONE: mobile(1),
        SealedColumn.ADDRESS: "江海路 1 号",
        SealedColumn.REMARK: "",
    }


@pytest.mark.parametrize("words", ["", "看 13800000000", "长" * 201])
def test_a_look_without_a_reason_or_with_a_number_in_it_is_refused(
    clerk: Actor, chen: Person, words: str
) -> None:
    with pytest.raises(BadInput) as refused:
        services.reveal(clerk, chen, SealedColumn.PHONE, Purpose.OTHER, words)
    assert refused.value.field == "words"
    assert not Entry.objects.filter(act="people.reveal", refused="").exists()


def test_who_may_not_look_sees_nothing(stranger: Actor, auditor: Actor, chen: Person) -> None:
    for actor in (stranger, auditor):
        with pytest.raises(NotAllowed):
            services.reveal(actor, chen, SealedColumn.PHONE, Purpose.REACH)
    assert Entry.objects.filter(act="people.reveal", refused="NotAllowed").count() == 2


def test_a_list_that_leaves_the_house_is_entered_with_hash_and_count(
    clerk: Actor, mill: Unit, chen: Person, lin: Person
) -> None:
    people = Listing([chen.pk, lin.pk])
    services.export(clerk, mill, people, 2, "ab" * 32, "xlsx")
    entry = Entry.objects.get(act="people.export")
    assert entry.arguments == {"count": 2, "digest": "ab" * 32, "kind": "xlsx"}
    subjects = Subject.objects.filter(entry=entry).values_list("subject", flat=True)
    assert set(subjects) == {chen.pk, lin.pk}
