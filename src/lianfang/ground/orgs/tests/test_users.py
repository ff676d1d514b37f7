from datetime import timedelta

import pytest

from conftest import PASSWORD, user_with
from lianfang.ground.orgs import queries
from lianfang.ground.orgs.models import Post, Site, Token, Unit, User
from lianfang.ground.orgs.queries.user_pages import found_users, token_lines, user_page
from lianfang.ground.orgs.rules import Role
from lianfang.ground.orgs.services import (
    change_user,
    create_user,
    end_post,
    give_post,
    make_token,
    new_secret,
    revoke_token,
    set_password,
)
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.kernel.refusals import BadInput, Conflict, NotAllowed


def test_a_user_name_is_taken_once(mill: Unit, clerk: Actor) -> None:
    with pytest.raises(BadInput) as refused:
        create_user(OPERATOR, mill, "clerk-m", "另一个", PASSWORD)
    assert refused.value.field == "username"
    assert User.objects.count() == 1


def test_a_user_is_renamed_and_gets_a_new_password(mill: Unit, clerk: Actor) -> None:
    user = User.objects.get(pk=clerk.id)
    change_user(OPERATOR, user, "金雨桐", active=True)
    set_password(OPERATOR, user, "Other-harbour-8")
    user.refresh_from_db()
    assert user.name == "金雨桐"
    assert user.check_password("Other-harbour-8")


def test_a_user_who_may_not_sign_in_any_more_acts_no_more(mill: Unit, clerk: Actor) -> None:
    user = User.objects.get(pk=clerk.id)
    change_user(OPERATOR, user, user.name, active=False)
    assert not queries.signed_in(user).reaches("units.read")


def test_nobody_holds_the_same_post_twice(mill: Unit, clerk: Actor) -> None:
    user = User.objects.get(pk=clerk.id)
    with pytest.raises(BadInput):
        give_post(OPERATOR, mill, user, Role.CLERK)
    with pytest.raises(BadInput):
        give_post(OPERATOR, mill, user, "emperor")
    assert Post.objects.count() == 1


def test_a_post_at_a_site_is_given_by_the_unit_that_runs_it(
    mill: Unit, port: Unit, market: Site, clerk: Actor
) -> None:
    user = User.objects.get(pk=clerk.id)
    with pytest.raises(BadInput) as refused:
        give_post(OPERATOR, port, user, Role.GATEKEEPER, market)
    assert refused.value.field == "site"
    assert give_post(OPERATOR, mill, user, Role.GATEKEEPER, market).site == market


def test_a_post_is_ended_once(mill: Unit, clerk: Actor) -> None:
    post = Post.objects.get(user_id=clerk.id)
    end_post(OPERATOR, post)
    with pytest.raises(Conflict):
        end_post(OPERATOR, post)


def test_the_last_administrator_of_the_group_stays(group: Unit, administrator: Actor) -> None:
    user = User.objects.get(pk=administrator.id)
    with pytest.raises(Conflict):
        end_post(administrator, Post.objects.get(user=user))
    with pytest.raises(Conflict):
        change_user(administrator, user, user.name, active=False)
    assert Post.objects.get(user=user).valid_to is None
    user_with(Role.ADMINISTRATOR, group, "second")
    end_post(administrator, Post.objects.get(user=user))


def test_the_administrator_of_a_company_may_leave(mill: Unit, administrator: Actor) -> None:
    user = user_with(Role.ADMINISTRATOR, mill)
    end_post(administrator, Post.objects.get(user=user))
    assert Post.objects.get(user=user).valid_to is not None


def test_an_administrator_gives_no_post_outside_his_company(
    mill: Unit, port: Unit, clerk: Actor
) -> None:
    local = queries.signed_in(user_with(Role.ADMINISTRATOR, mill))
    with pytest.raises(NotAllowed):
        give_post(local, port, User.objects.get(pk=clerk.id), Role.CLERK)
    assert Post.objects.filter(unit=port).count() == 0


def test_users_are_found_by_name_post_unit_and_whether_they_sign_in(
    mill: Unit, port: Unit, clerk: Actor, stranger: Actor, administrator: Actor
) -> None:
    def names(**asked: object) -> list[str]:
        return [user.username for user in found_users(administrator, **asked)]  # type: ignore[arg-type]

    assert names(query="clerk-m") == ["clerk-m"]
    assert names(role=Role.CLERK) == ["clerk-m", "clerk-p"]
    assert names(unit=port) == ["clerk-p"]
    assert names(active="no") == []
    assert len(names(active="yes")) == 3


def test_a_page_of_a_user_shows_which_posts_the_reader_may_end(
    mill: Unit, clerk: Actor, administrator: Actor, auditor: Actor
) -> None:
    user = User.objects.get(pk=clerk.id)
    assert [post.may_end for post in user_page(administrator, user).posts] == [True]
    page = user_page(auditor, user)
    assert [post.may_end for post in page.posts] == [False]
    assert page.may == frozenset()


def test_a_token_is_valid_revoked_or_expired(mill: Unit, administrator: Actor) -> None:
    valid, revoked, old = (
        make_token(administrator, mill, Role.CLERK, new_secret(), label=label)
        for label in ("valid", "revoked", "expired")
    )
    revoke_token(administrator, revoked)
    with pytest.raises(Conflict):
        revoke_token(administrator, revoked)
    Token.objects.filter(pk=old.pk).update(expires_at=clock.machine() - timedelta(days=1))
    lines = token_lines(administrator)
    assert {line.token.label: line.state for line in lines} == {
        "valid": "valid",
        "revoked": "revoked",
        "expired": "expired",
    }
    assert [line.token.pk for line in lines if line.may_revoke] == [valid.pk]


def test_there_is_no_token_for_a_post_that_does_not_exist(mill: Unit) -> None:
    with pytest.raises(BadInput):
        make_token(OPERATOR, mill, "emperor", new_secret())
    assert not Token.objects.exists()
