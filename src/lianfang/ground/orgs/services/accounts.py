"""What somebody is shown of an account: second steps, sign-ins, accounts connected elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.urls import reverse
from django.utils.translation import pgettext

from lianfang.ground.orgs.models import Session, Token, User
from lianfang.ground.orgs.queries import people, signed_in
from lianfang.ground.orgs.rules.guarding import obliged
from lianfang.ground.orgs.rules.outside import FACTOR, FACTORS, PROVIDER
from lianfang.ground.orgs.services.factors import CODES, accounts_of, factors_of, has_factor
from lianfang.kernel.actor import Actor

#: The issuer's place in addresses.
OIDC = "oidc"
__all__ = [
    "Account",
    "accounts_of",
    "doors",
    "has_factor",
    "own_account",
    "sign_ins_of",
    "steps_of",
]


@dataclass(frozen=True, slots=True)
class Factor:
    """A second step in words; of recovery codes, how many are left."""

    number: int
    kind: str
    word: str
    name: str
    since: datetime
    used: datetime | None
    left: int | None


@dataclass(frozen=True, slots=True)
class SignIn:
    """A browser in which somebody is signed in."""

    number: UUID
    device: str
    address: str
    began: datetime | None
    seen: datetime | None
    here: bool


@dataclass(frozen=True, slots=True)
class Door:
    """Another door to sign in by, and the account that is connected through it."""

    code: str
    word: str
    number: int | None = None
    label: str = ""
    since: datetime | None = None

    @property
    def address(self) -> str:
        """Return where a form leads that connects an account through it."""
        if self.code == OIDC:
            return reverse("openid_connect_login", args=[self.code])
        return reverse(f"{self.code}_login")


@dataclass(frozen=True, slots=True)
class Account:
    """Everything by which somebody gets in here."""

    factors: Sequence[Factor]
    codes: Factor | None
    sign_ins: Sequence[SignIn]
    doors: Sequence[Door]
    tokens: Sequence[Token]
    needs_factor: bool

    @property
    def app(self) -> bool:
        """Tell whether an authenticator app is set up: there is one at most."""
        return any(factor.kind == "totp" for factor in self.factors)

    @property
    def others(self) -> bool:
        """Tell whether he is signed in elsewhere too."""
        return any(not one.here for one in self.sign_ins)


def own_account(actor: Actor, user: User, here: str) -> Account:
    """Return what the reader is shown of his own account; `here` is the number of his session."""
    found = [_factor(one) for one in factors_of(user)]
    return Account(
        factors=[one for one in found if one.kind != CODES],
        codes=next((one for one in found if one.kind == CODES), None),
        sign_ins=sign_ins_of(actor, user, "users.end_own_sessions", here),
        doors=doors_of(user),
        tokens=list(people.own_tokens(actor).order_by("-created_at")),
        needs_factor=obliged(signed_in(user)),
    )


def sign_ins_of(actor: Actor, user: User, act: str, here: str = "") -> Sequence[SignIn]:
    """Return where a user is signed in at this moment."""
    found = people.sessions(actor, act).filter(user=user)
    return [_sign_in(one, here) for one in found]


def steps_of(user: User) -> Sequence[str]:
    """Return the second steps of somebody else: no more of them than their kinds."""
    return list(dict.fromkeys(_word(str(one.type)) for one in factors_of(user)))


def doors() -> Sequence[Door]:
    """Return the other doors that are set up."""
    return [Door(code, word) for code, word in _words().items()]


def doors_of(user: User) -> Sequence[Door]:
    """Return the other doors with what of them is connected, first those that are."""
    words, taken = _words(), accounts_of(user)
    connected = [
        Door(
            one.provider,
            words.get(one.provider, one.provider),
            one.pk,
            str(one.extra_data.get("label") or one.uid),
            one.date_joined,
        )
        for one in taken
    ]
    have = {one.provider for one in taken}
    return [*connected, *(Door(code, word) for code, word in words.items() if code not in have)]


def _words() -> dict[str, str]:
    """Return how the doors that are set up are called, by their codes."""
    found = {}
    providers: Mapping[str, Mapping[str, Any]] = settings.SOCIALACCOUNT_PROVIDERS
    for code, told in providers.items():
        app = told["APPS"][0]
        found[app.get("provider_id") or code] = pgettext(PROVIDER, app["name"])
    return found


def _word(kind: str) -> str:
    return pgettext(FACTOR, FACTORS[kind])


def _factor(one: Authenticator) -> Factor:
    kind = str(one.type)
    return Factor(
        number=one.pk,
        kind=kind,
        word=_word(kind),
        name=str(one.data.get("name", "")),
        since=one.created_at,
        used=one.last_used_at,
        left=len(one.wrap().get_unused_codes()) if kind == CODES else None,
    )


def _sign_in(one: Session, here: str) -> SignIn:
    if one.number is None:
        raise TypeError(one)
    mine = str(one.number) == here
    return SignIn(
        one.number, people.device_of(one.agent), one.address, one.began_at, one.seen_at, mine
    )
