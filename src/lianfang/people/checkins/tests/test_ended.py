"""What ends takes effect at the very next request, by whatever somebody comes (V8, T39)."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from conftest import PASSWORD, user_with
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.orgs.rules import Role
from lianfang.ground.orgs.services import (
    change_user,
    end_post,
    end_sessions,
    give_post,
    make_token,
    new_secret,
    revoke_token,
    set_password,
    take_factors,
)
from lianfang.ground.orgs.tests.signing_in import sign_in
from lianfang.kernel.actor import OPERATOR
from lianfang.people.register.models import Person, PersonalLink
from lianfang.people.register.services import leave, make_link, revoke_link

NEW = "Another-3-lantern"


@dataclass
class Ways:
    """One person, and every way in which he comes: session, another one, token, personal link."""

    user: User
    mill: Unit
    session: Client
    other: Client
    token: str
    link: Client

    def works(self) -> dict[str, bool]:
        """Ask each way once for what it is for."""
        bearer = {"Authorization": f"Bearer {self.token}"}
        asked = {
            "session": self.session.get("/orgs/units/"),
            "other": self.other.get("/orgs/units/"),
            "token": Client().get("/api/v1/loops", headers=bearer),
            "link": self.link.get("/c/", follow=True),
        }
        return {name: answer.status_code == 200 for name, answer in asked.items()}


@pytest.fixture
def ways(mill: Unit, chen: Person) -> Ways:
    """The clerk of the mill, who is signed in twice, made a token, and has a link of his own."""
    user = user_with(Role.CLERK, mill)
    User.objects.filter(pk=user.pk).update(person=chen.pk)
    user.refresh_from_db()
    session, other, phone = Client(), Client(), Client()
    sign_in(session, user.username)
    sign_in(other, user.username)
    secret, address = new_secret(), new_secret()
    make_token(OPERATOR, mill, Role.CLERK, secret, user=user)
    make_link(OPERATOR, chen, address)
    phone.get(f"/c/{address}")
    return Ways(user, mill, session, other, secret, phone)


def _post_ends(ways: Ways) -> None:
    end_post(OPERATOR, orgs.posts(OPERATOR).get(user=ways.user))


def _post_changes(ways: Ways) -> None:
    give_post(OPERATOR, ways.mill, ways.user, Role.EMPLOYEE)
    end_post(OPERATOR, orgs.posts(OPERATOR).get(user=ways.user, role=Role.CLERK))


def _is_disabled(ways: Ways) -> None:
    change_user(OPERATOR, ways.user, ways.user.name, active=False)


def _password_is_set(ways: Ways) -> None:
    set_password(OPERATOR, ways.user, NEW)


def _changes_password(ways: Ways) -> None:
    told = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    ways.session.post("/account/password/change/", told)


def _step_is_taken(ways: Ways) -> None:
    Authenticator.objects.create(user=ways.user, type="totp", data={"secret": ""})
    take_factors(OPERATOR, ways.user, "phone lost")


def _is_signed_out(ways: Ways) -> None:
    end_sessions(OPERATOR, ways.user)


def _signs_others_out(ways: Ways) -> None:
    ways.session.post("/orgs/me/sign-ins/end")


def _token_is_revoked(ways: Ways) -> None:
    revoke_token(OPERATOR, orgs.tokens(OPERATOR).get(user=ways.user))


def _link_is_revoked(ways: Ways) -> None:
    revoke_link(OPERATOR, PersonalLink.objects.get())


def _leaves(ways: Ways) -> None:
    leave(OPERATOR, PersonalLink.objects.get().person)


#: What happened, and which ways still open something at the next request. A personal link opens
#: nothing but the person's own check-in: it ends with the link or with the person's place on the
#: roll, and not with an account. A token is ended with a password that somebody else set.
TABLE: list[tuple[Callable[[Ways], None], set[str]]] = [
    (_post_ends, {"link"}),
    (_post_changes, {"link"}),
    (_is_disabled, {"link"}),
    (_password_is_set, {"link"}),
    (_changes_password, {"session", "token", "link"}),
    (_step_is_taken, {"token", "link"}),
    (_is_signed_out, {"token", "link"}),
    (_signs_others_out, {"session", "token", "link"}),
    (_token_is_revoked, {"session", "other", "link"}),
    (_link_is_revoked, {"session", "other", "token"}),
    (_leaves, {"session", "other", "token"}),
]


@pytest.mark.parametrize(("happens", "left"), TABLE, ids=[happens.__name__ for happens, _ in TABLE])
def test_what_ends_takes_effect_at_the_very_next_request(
    ways: Ways, happens: Callable[[Ways], None], left: set[str]
) -> None:
    assert all(ways.works().values())
    happens(ways)
    assert {name for name, works in ways.works().items() if works} == left


def test_a_token_never_gives_a_cookie(ways: Ways) -> None:
    bearer = {"Authorization": f"Bearer {ways.token}"}
    client = Client()
    assert client.get("/api/v1/loops", headers=bearer).status_code == 200
    assert "sessionid" not in client.cookies
    assert client.get("/orgs/units/", headers=bearer).status_code == 302
