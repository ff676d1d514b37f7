from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from conftest import Post as Employ
from lianfang.ground.notices.queries import notices
from lianfang.ground.orgs import queries
from lianfang.ground.orgs.models import HandOver, Post, Unit, User
from lianfang.ground.orgs.rules import Role
from lianfang.ground.orgs.rules.handing import LONGEST_DAYS
from lianfang.ground.orgs.services import (
    change_user,
    create_user,
    give_post,
    hand_over,
    set_password,
    take_back,
    take_factors,
)
from lianfang.ground.orgs.tests.signing_in import set_up_app, sign_in
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.kernel.refusals import BadInput, Conflict, NotAllowed

NEW = "Takeover-99-x"
DAY = timedelta(days=1)


@pytest.fixture
def local(mill: Unit, post: Employ) -> Actor:
    """The administrator of the mill."""
    return post(Role.ADMINISTRATOR, mill, "local")


def of(actor: Actor) -> User:
    """Return the user behind an actor."""
    return User.objects.get(pk=actor.id)


def post_of(actor: Actor) -> Post:
    """Return the only post of an actor."""
    return Post.objects.get(user=of(actor))


def lend(by: Actor, holder: Actor, deputy: Actor, days: int = 1, later: int = 0) -> HandOver:
    """Lend a holder's only post for so many days, so many days from now."""
    since = clock.now() + later * DAY
    return hand_over(by, post_of(holder), of(deputy), since, since + days * DAY, "出差")


@pytest.mark.parametrize("later", [0, 3])
def test_an_administrator_of_a_company_does_not_become_the_group_by_a_lent_post(
    local: Actor, overseer: Actor, clerk: Actor, mill: Unit, later: int
) -> None:
    lent = lend(overseer, overseer, clerk, later=later)
    with pytest.raises(Conflict, match="stands in"):
        set_password(local, of(clerk), NEW)
    with pytest.raises(Conflict):
        take_factors(local, of(clerk), "lost")
    with pytest.raises(Conflict):
        change_user(local, of(clerk), "x", active=False)
    assert not of(clerk).check_password(NEW)
    take_back(overseer, lent)
    set_password(local, of(clerk), NEW)
    assert of(clerk).check_password(NEW)


def test_who_stands_in_within_the_company_is_still_its_administrators_to_look_after(
    local: Actor, principal: Actor, clerk: Actor
) -> None:
    lend(principal, principal, clerk)
    set_password(local, of(clerk), NEW)
    assert of(clerk).check_password(NEW)


def test_a_post_that_begins_later_is_not_lent_before_it_begins(
    mill: Unit, clerk: Actor, local: Actor
) -> None:
    head = create_user(OPERATOR, mill, "head", "周岚", NEW)
    post = give_post(OPERATOR, mill, head, Role.PRINCIPAL, since=clock.now() + 3 * DAY)
    now = clock.now()
    with pytest.raises(BadInput, match="begins later") as refused:
        hand_over(OPERATOR, post, of(clerk), now, now + 5 * DAY, "出差")
    assert refused.value.field == "since"
    HandOver.objects.create(
        unit=mill, post=post, deputy=of(clerk), valid_from=now, valid_to=now + 5 * DAY
    )
    assert not queries.signed_in(of(clerk)).holds(Role.PRINCIPAL)
    assert queries.able(mill.path, [Role.PRINCIPAL]) == []


def test_a_post_given_a_moment_ago_is_lent_from_this_minute_on(
    principal: Actor, clerk: Actor
) -> None:
    minute = clock.now() - timedelta(minutes=1)
    lent = hand_over(principal, post_of(principal), of(clerk), minute, clock.now() + DAY, "出差")
    assert lent.valid_from == minute


def test_a_holder_lends_for_a_month_and_whoever_gives_posts_for_longer(
    principal: Actor, clerk: Actor, local: Actor
) -> None:
    with pytest.raises(BadInput, match=str(LONGEST_DAYS)) as refused:
        lend(principal, principal, clerk, days=LONGEST_DAYS + 1)
    assert refused.value.field == "until"
    take_back(principal, lend(principal, principal, clerk, days=LONGEST_DAYS))
    lend(local, principal, clerk, days=LONGEST_DAYS + 1)
    assert queries.signed_in(of(clerk)).holds(Role.PRINCIPAL)


def test_the_holder_is_told_when_somebody_else_lends_his_post(
    principal: Actor, clerk: Actor, local: Actor
) -> None:
    take_back(principal, lend(principal, principal, clerk))
    assert not notices(principal).exists()
    lend(local, principal, clerk)
    told = notices(principal).get()
    assert (told.params["by"], told.params["deputy"]) == ("local", "clerk-m")


def test_a_deputy_of_the_administrator_lets_nobody_in_for_longer_than_himself(
    local: Actor, mill: Unit, clerk: Actor, principal: Actor
) -> None:
    lend(local, local, clerk)
    deputy = queries.signed_in(of(clerk))
    assert deputy.holds(Role.ADMINISTRATOR)
    with pytest.raises(NotAllowed):
        give_post(deputy, mill, of(principal), Role.ADMINISTRATOR)
    with pytest.raises(NotAllowed):
        create_user(deputy, mill, "second-me", "x", NEW)
    assert not User.objects.filter(username="second-me").exists()
    assert give_post(local, mill, of(principal), Role.CLERK).role == Role.CLERK


def test_lending_and_taking_back_ask_who_somebody_is_once_more(
    principal: Actor, clerk: Actor, at_once: None, settings: Settings
) -> None:
    cache.clear()
    settings.SECOND_STEP = True
    lent = lend(principal, principal, clerk)
    begin = clock.machine()
    with time_machine.travel(begin, tick=False) as time:
        client = Client()
        sign_in(client, "principal-m")
        set_up_app(client)
        page = f"/orgs/posts/{lent.post_id}/hand-over"
        assert client.get(page).status_code == 200
        time.move_to(begin + timedelta(minutes=11))
        for answer in (client.get(page), client.post(f"/orgs/hand-overs/{lent.pk}/back")):
            assert answer["Location"].startswith("/account/reauthenticate/?next=")
    assert HandOver.objects.get().taken_back_at is None
