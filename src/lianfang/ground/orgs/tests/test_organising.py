from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from conftest import PASSWORD
from conftest import Post as Employ
from lianfang.ground.doors.models import Entry
from lianfang.ground.notices.queries import notices
from lianfang.ground.orgs import queries
from lianfang.ground.orgs.models import Post, Unit, User
from lianfang.ground.orgs.rules import Role
from lianfang.ground.orgs.services import (
    change_user,
    create_user,
    end_post,
    give_post,
    set_password,
)
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.kernel.refusals import BadInput, Conflict, NotYourself

NEW = "Takeover-99-x"


@pytest.fixture
def local(mill: Unit, employ: Employ) -> Actor:
    """The administrator of the mill."""
    return employ(Role.ADMINISTRATOR, mill, "local")


@pytest.fixture
def employ(post: Employ) -> Employ:
    """Make an actor who holds a post at a unit."""
    return post


@pytest.fixture
def boss(group: Unit, mill: Unit) -> User:
    """Somebody whose home is the mill and who holds a post of the group."""
    user = create_user(OPERATOR, mill, "boss", "周岚", PASSWORD)
    give_post(OPERATOR, group, user, Role.GROUP_OFFICE)
    return user


def test_an_administrator_of_a_company_does_nothing_to_who_also_holds_a_post_of_the_group(
    mill: Unit, local: Actor, boss: User
) -> None:
    with pytest.raises(Conflict):
        set_password(local, boss, NEW)
    with pytest.raises(Conflict):
        change_user(local, boss, "x", active=False)
    with pytest.raises(Conflict):
        give_post(local, mill, boss, Role.CLERK)
    boss.refresh_from_db()
    assert boss.check_password(PASSWORD)
    assert (boss.name, boss.is_active, Post.objects.filter(user=boss).count()) == ("周岚", True, 1)


def test_a_post_that_begins_later_counts_as_well(group: Unit, mill: Unit, local: Actor) -> None:
    user = create_user(OPERATOR, mill, "soon", "周岚", PASSWORD)
    since = clock.now() + timedelta(days=3)
    give_post(OPERATOR, group, user, Role.GROUP_OFFICE, since=since)
    with pytest.raises(Conflict):
        set_password(local, user, NEW)


def test_an_administrator_changes_whoever_holds_posts_of_his_company_only(
    mill_branch: Unit, local: Actor, employ: Employ
) -> None:
    user = User.objects.get(pk=employ(Role.CLERK, mill_branch).id)
    set_password(local, user, NEW)
    change_user(local, user, "金雨桐", active=True)
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert user.name == "金雨桐"


def test_nobody_gives_himself_a_post(mill: Unit, local: Actor) -> None:
    with pytest.raises(NotYourself):
        give_post(local, mill, User.objects.get(pk=local.id), Role.CLERK)
    assert Post.objects.count() == 1


@pytest.mark.parametrize("role", [Role.GROUP_OFFICE, Role.LEADING_GROUP])
def test_the_posts_of_the_group_are_given_at_its_top_only(
    group: Unit, mill: Unit, clerk: Actor, role: Role
) -> None:
    user = User.objects.get(pk=clerk.id)
    with pytest.raises(BadInput) as refused:
        give_post(OPERATOR, mill, user, role)
    assert refused.value.field == "role"
    Unit.objects.filter(pk=mill.pk).update(kind="group")
    mill.refresh_from_db()
    with pytest.raises(BadInput):
        give_post(OPERATOR, mill, user, role)
    assert give_post(OPERATOR, group, user, role).unit == group


def test_a_password_set_by_somebody_else_is_an_act_of_its_own_and_told_to_the_user(
    mill: Unit, clerk: Actor, administrator: Actor
) -> None:
    set_password(administrator, User.objects.get(pk=clerk.id), NEW)
    entry = Entry.objects.get(act="users.set_password")
    assert (entry.who, entry.place) == (administrator.who, mill.path)
    assert NEW not in str(entry.arguments)
    notice = notices(clerk).get()
    assert notice.params["by"] == "administrator-g"


def test_nobody_sets_his_own_password_without_the_old_one(administrator: Actor) -> None:
    with pytest.raises(NotYourself):
        set_password(administrator, User.objects.get(pk=administrator.id), NEW)
    assert not Entry.objects.filter(act="users.set_password", refused="").exists()


def test_a_new_password_is_not_empty(clerk: Actor) -> None:
    with pytest.raises(BadInput):
        set_password(OPERATOR, User.objects.get(pk=clerk.id), "")


def test_a_user_name_is_taken_in_whatever_case_it_is_written(mill: Unit) -> None:
    create_user(OPERATOR, mill, "wang", "王", PASSWORD)
    for name in ("Wang", "WANG", "\uff37ang"):
        with pytest.raises(BadInput) as refused:
            create_user(OPERATOR, mill, name, "王", PASSWORD)
        assert refused.value.field == "username"
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="WaNg", home=mill)
    assert User.objects.count() == 1


def test_a_post_is_ended_once_also_by_who_saw_it_before(mill: Unit, clerk: Actor) -> None:
    post = Post.objects.get(user_id=clerk.id)
    seen_before = Post.objects.get(pk=post.pk)
    ended = end_post(OPERATOR, post)
    with pytest.raises(Conflict):
        end_post(OPERATOR, seen_before)
    assert Post.objects.get(pk=post.pk).valid_to == ended.valid_to
    assert not queries.own_posts(clerk).exists()
