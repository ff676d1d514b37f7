from datetime import date, timedelta

import pytest
import time_machine

from lianfang.ground.doors.models import Entry, Subject
from lianfang.ground.orgs.models import Site, Unit
from lianfang.ground.orgs.queries import digest
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.kernel.refusals import BadInput, Conflict, NotAllowed
from lianfang.people.register import queries, services
from lianfang.people.register.models import Membership, Movement, Person, PersonalLink
from lianfang.people.register.rules.lines import PersonLine, Whereabouts
from lianfang.people.register.rules.words import Employment, Population
from lianfang.people.register.services import rows
from lianfang.people.register.tests.conftest import Enter, identity, mobile


def test_a_person_is_entered_with_his_membership_and_whereabouts(
    clerk: Actor, mill: Unit, response: object
) -> None:
    told = PersonLine("陈小满", person_no="0183", document=identity(1), phone=mobile(1))
    person = services.enter(clerk, mill, told, Whereabouts(in_town=True))
    membership = Membership.objects.get(person=person, valid_to=None)
    assert (membership.unit, membership.employment) == (mill, Employment.REGULAR)
    assert Movement.objects.get(person=person, valid_to=None).movement_class == "stayed"
    assert person.document_mask == "330***********" + identity(1)[-4:]
    assert (person.sort_key, person.initials) == ("chen xiao man", "cxm")


def test_what_is_missing_is_completed_later(clerk: Actor, mill: Unit, response: object) -> None:
    person = services.enter(clerk, mill, PersonLine("阿土", Employment.TENANT))
    assert person.population == Population.ON_SITE
    assert Movement.objects.get(person=person).in_town is None
    assert queries.people(clerk).filter(queries.lacks()).get() == person


def test_a_person_without_a_name_is_nobody(clerk: Actor, mill: Unit, response: object) -> None:
    with pytest.raises(BadInput, match="by name"):
        services.enter(clerk, mill, PersonLine(" "))
    assert not Person.objects.exists()


def test_a_document_is_registered_once_and_says_no_more_than_it_may(
    clerk: Actor, mill: Unit, zhou: Person, chen: Person
) -> None:
    with pytest.raises(Conflict) as elsewhere:
        services.enter(clerk, mill, PersonLine("周二", document=identity(3)))
    assert elsewhere.value.sentence == "Already registered elsewhere."
    assert elsewhere.value.field == "document"
    with pytest.raises(Conflict, match="陈小满"):
        services.enter(clerk, mill, PersonLine("陈二", document=identity(1)))
    assert Person.objects.count() == 2


def test_a_staff_number_belongs_to_one_person(clerk: Actor, mill: Unit, zhou: Person) -> None:
    with pytest.raises(BadInput) as taken:
        services.enter(clerk, mill, PersonLine("周二", person_no=zhou.person_no))
    assert taken.value.field == "person_no"


def test_a_change_keeps_what_is_not_told(clerk: Actor, chen: Person) -> None:
    sealed, before = bytes(chen.document or b""), Membership.objects.count()
    services.change(clerk, chen, PersonLine("陈小曼", job="司机"))
    chen.refresh_from_db()
    assert (chen.name, chen.job, chen.department) == ("陈小曼", "司机", "装卸一组")
    assert bytes(chen.document or b"") == sealed
    assert Membership.objects.count() == before
    services.change(clerk, chen, PersonLine("陈小曼", job="司机"))
    assert chen.sort_key == "chen xiao man"


def test_another_kind_of_employment_is_another_membership(
    clerk: Actor, chen: Person, morning: time_machine.Traveller
) -> None:
    morning.shift(timedelta(hours=1))
    services.change(clerk, chen, PersonLine("陈小满", Employment.CONTRACTOR))
    first, second = Membership.objects.filter(person=chen)
    assert (first.valid_to, first.employment) == (second.valid_from, Employment.REGULAR)
    assert (second.population, second.employment) == (Population.ON_SITE, Employment.CONTRACTOR)
    now = Movement.objects.get(person=chen, valid_to=None)
    assert (now.population, now.in_town) == (Population.ON_SITE, True)


def test_who_moves_counts_at_the_other_unit_from_then_on(
    overseer: Actor, chen: Person, port: Unit, morning: time_machine.Traveller
) -> None:
    morning.shift(timedelta(hours=1))
    services.move(overseer, chen, port)
    open_ = Membership.objects.get(person=chen, valid_to=None)
    now = Movement.objects.get(person=chen, valid_to=None)
    assert (open_.unit, now.unit, now.in_town) == (port, port, True)
    assert Movement.objects.filter(person=chen).count() == 2


def test_a_clerk_moves_nobody_to_a_foreign_unit(clerk: Actor, chen: Person, port: Unit) -> None:
    with pytest.raises(NotAllowed):
        services.move(clerk, chen, port)
    assert Membership.objects.filter(person=chen).count() == 1


def test_who_belongs_there_already_does_not_move(overseer: Actor, chen: Person) -> None:
    with pytest.raises(Conflict, match="already"):
        services.move(overseer, chen, chen.unit)


def test_who_leaves_counts_no_more_and_his_link_is_dead(
    clerk: Actor, chen: Person, morning: time_machine.Traveller
) -> None:
    secret = services.new_secret()
    services.make_link(clerk, chen, secret)
    morning.shift(timedelta(hours=1))
    services.leave(clerk, chen)
    assert not Membership.objects.filter(person=chen, valid_to=None).exists()
    assert not Movement.objects.filter(person=chen, valid_to=None).exists()
    assert queries.link(clerk, chen) is None
    assert PersonalLink.objects.get().revoked_at == clock.machine()
    with pytest.raises(Conflict, match="left"):
        services.leave(clerk, chen)
    with pytest.raises(Conflict, match="left"):
        services.record_movement(clerk, chen, Whereabouts(in_town=True))


def test_who_had_left_is_taken_back(
    clerk: Actor, chen: Person, mill: Unit, morning: time_machine.Traveller
) -> None:
    services.leave(clerk, chen)
    morning.shift(timedelta(days=2))
    services.move(clerk, chen, mill)
    chen.refresh_from_db()
    assert chen.left_at is None
    assert Movement.objects.get(person=chen, valid_to=None).in_town is None


def test_a_site_of_another_unit_is_refused(
    clerk: Actor, mill_branch: Unit, market: Site, response: object
) -> None:
    with pytest.raises(BadInput, match="another unit"):
        services.enter(clerk, mill_branch, PersonLine("阿土", Employment.STALL_WORKER), site=market)


def test_a_stranger_finds_nobody(stranger: Actor, chen: Person) -> None:
    assert not queries.people(stranger).exists()
    for act in (
        lambda: services.change(stranger, chen, PersonLine("谁")),
        lambda: services.leave(stranger, chen),
        lambda: services.record_movement(stranger, chen, Whereabouts(in_town=False)),
    ):
        with pytest.raises(NotAllowed):
            act()
    chen.refresh_from_db()
    assert (chen.name, chen.left_at) == ("陈小满", None)


def test_the_trail_names_the_person_and_none_of_his_numbers(chen: Person) -> None:
    entry = Entry.objects.get(act="people.enter")
    assert Subject.objects.get(entry=entry).subject == chen.pk
    kept = str(entry.arguments)
    assert entry.arguments["told.person_no"] == "N0001"
    assert identity(1) not in kept
    assert mobile(1) not in kept
    assert chen.name not in kept


def test_people_are_found_by_exact_number_only(clerk: Actor, chen: Person, zhou: Person) -> None:
    assert queries.told_by_number(clerk, identity(1).lower()).get() == chen
    assert queries.told_by_number(clerk, mobile(1)).get() == chen
    assert not queries.told_by_number(clerk, identity(1)[:10]).exists()
    assert not queries.told_by_number(clerk, identity(3)).exists()


def test_a_personal_link_opens_for_its_holder_until_another_is_made(
    clerk: Actor, chen: Person, lin: Person, morning: time_machine.Traveller
) -> None:
    first, second, third = (services.new_secret() for _ in range(3))
    services.make_link(clerk, chen, first)
    services.make_link.many(
        clerk,
        [services.make_link.on(chen, second, days=1), services.make_link.on(lin, third)],
    )
    links = [queries.link(clerk, each) for each in (chen, lin)]
    assert [link.digest for link in links if link] == [digest(second), digest(third)]
    assert first not in str(list(PersonalLink.objects.values_list("digest")))
    morning.shift(timedelta(days=2))
    assert queries.link(clerk, chen) is None


def test_a_revoked_link_opens_nothing(clerk: Actor, chen: Person) -> None:
    secret = services.new_secret()
    link = services.make_link(clerk, chen, secret)
    services.revoke_link(clerk, link)
    assert queries.link(clerk, chen) is None
    with pytest.raises(Conflict, match="revoked"):
        services.revoke_link(clerk, link)


def test_there_is_no_link_for_who_has_left(clerk: Actor, chen: Person) -> None:
    services.leave(clerk, chen)
    with pytest.raises(Conflict, match="link"):
        services.make_link(clerk, chen, services.new_secret())


def test_a_stall_holder_is_entered_at_his_stall(market: Site, enter: Enter, clerk: Actor) -> None:
    holder = enter(market.unit, "郑阿土", 5, Employment.STALL_HOLDER, site=market)
    assert (holder.population, holder.site) == (Population.ON_SITE, market)
    assert date(2020, 1, 31) == Membership.objects.get(person=holder).valid_from.date()
    assert OPERATOR.reaches("people.enter")


def test_of_two_who_enter_one_document_at_once_the_second_is_told_so(
    mill: Unit, chen: Person
) -> None:
    twin = Person(
        unit=mill, name="陈二", document_kind=chen.document_kind, document_index=chen.document_index
    )
    with pytest.raises(Conflict) as late:
        rows.saved(twin, fresh=True)
    assert (late.value.sentence, late.value.field) == ("Already registered elsewhere.", "document")
    assert not Person.objects.filter(name="陈二").exists()
