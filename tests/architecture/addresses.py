"""Every address of the house: which act it needs and about what it is asked in the matrix.

An address that is not listed here fails the build: add a line when you add a screen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

GET, POST = "get", "post"
#: Open to everybody, signed in or not.
PUBLIC = {
    "healthz",
    "readyz",
    "metrics",
    "set_language",
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_reauthenticate",
    "demo:home",
    "demo:play",
    "demo:move",
    "api:openapi-json",
    "api:openapi-view",
    "checkins:link",
    "checkins:me_keeper",
    "checkins:own_keeper",
    "checkins:places",
}
#: allauth's own pages about the reader himself.
OWN_ACCOUNT = {"account_change_password", "account_set_password"}


@dataclass(frozen=True, slots=True)
class Address:
    """What an address is asked for: the act that it needs, and which object stands in it."""

    act: str = ""
    about: Mapping[str, str] = field(default_factory=dict)
    method: str = GET
    ok: frozenset[int] = frozenset({200, 302})


def seen(act: str, **about: str) -> Address:
    """A page that is read."""
    return Address(act, about)


def seen_if_fit(act: str, **about: str) -> Address:
    """A page about one thing that has to be of the right kind, else it is not there."""
    return Address(act, about, GET, frozenset({200, 302, 404}))


def sent(act: str, **about: str) -> Address:
    """A form that is sent; an empty one is refused at its fields or by the rules."""
    return Address(act, about, POST, frozenset({200, 302, 400, 409, 422}))


#: By the name of the address; what stands in it is the name of an object of the world.
ADDRESSES: Mapping[str, Address] = {
    "loops:inbox": seen("loops.read"),
    "loops:paper": seen("loops.read"),
    "loops:assign": seen("loops.assign"),
    "loops:loop": seen("loops.read", pk="loop"),
    "loops:acknowledge": sent("loops.acknowledge", pk="loop"),
    "loops:done": sent("loops.done", pk="loop"),
    "loops:verify": sent("loops.verify", pk="loop"),
    "loops:return": sent("loops.return", pk="loop"),
    "loops:waive": sent("loops.waive", pk="loop"),
    "loops:undo": sent("loops.undo", pk="loop"),
    "loops:note": sent("loops.note", pk="loop"),
    "notices:inbox": seen("notices.read"),
    "notices:read_all": sent("notices.mark_read"),
    "notices:read": sent("notices.mark_read", pk="notice"),
    "notices:write": seen("notices.send"),
    "notices:sent": seen("notices.send"),
    "notices:receipts": seen("notices.send", pk="message"),
    "orgs:units": seen("units.read"),
    "orgs:unit": seen("units.read", key="unit"),
    "orgs:unit_enter": seen("units.enter", key="unit"),
    "orgs:unit_change": seen("units.change", key="unit"),
    "orgs:unit_move": seen("units.move", key="unit"),
    "orgs:unit_name": seen("units.keep_name", key="unit"),
    "orgs:site_enter": seen("sites.enter", key="unit"),
    "orgs:sites": seen("sites.read"),
    "orgs:site": seen("sites.read", key="site"),
    "orgs:site_change": seen("sites.change", key="site"),
    "orgs:stalls_print": seen("stalls.read", key="site"),
    "orgs:users": seen("users.read"),
    "orgs:user_enter": seen("users.create"),
    "orgs:user": seen("users.read", key="user"),
    "orgs:user_change": seen("users.change", key="user"),
    "orgs:user_password": seen("users.set_password", key="user"),
    "orgs:post_give": seen("posts.give", key="user"),
    "orgs:post_end": sent("posts.end", key="post"),
    "orgs:me": seen("users.own"),
    "orgs:tokens": seen("tokens.read"),
    "orgs:token_make": seen("tokens.create"),
    "orgs:token_revoke": sent("tokens.revoke", key="token"),
    "audit:trail": seen("trail.read"),
    "audit:copy": sent("trail.export"),
    "audit:own": seen("trail.own"),
    "response:situation": seen("response.read"),
    "response:pack": seen("response.read"),
    "response:amend": seen_if_fit("response.amend"),
    "reports:index": seen("reports.read"),
    "reports:day": seen("reports.read", day="day"),
    "reports:chase": sent("reports.chase", day="day"),
    "reports:version": seen("reports.read", report="report"),
    "reports:accept": sent("reports.accept", report="report"),
    "reports:return": sent("reports.return", report="report"),
    "reports:page": seen("reports.read", day="day", code="code"),
    "reports:rows": seen("figures.read", day="day", code="code", figure="figure"),
    "reports:type": sent("figures.type", day="day", code="code"),
    "reports:as_yesterday": sent("figures.type", day="day", code="code"),
    "reports:override": sent("reports.override", day="day", code="code"),
    "reports:override_back": sent("reports.override_back", day="day", code="code", figure="figure"),
    "reports:write": sent("reports.write", day="day", code="code"),
    "reports:sign": sent("reports.sign", day="day", code="code"),
    "reports:submit": sent("reports.submit", day="day", code="code"),
    "files:download": seen_if_fit("files.read", pk="file"),
    "response:change": seen_if_fit("response.level", what="what"),
    "response:tighten": seen("response.supplement"),
    "response:lift": sent("response.lift", code="code", path="path"),
    "imports:index": seen("imports.bring"),
    "imports:bring": seen("people.import", code="import_kind"),
    "imports:template": seen("people.import", code="import_kind"),
    "imports:upload": seen_if_fit("people.import", key="file"),
    "imports:carry_out": sent("people.import", key="file"),
    "imports:rejected": seen_if_fit("people.import", key="file"),
    "register:people": seen("people.read"),
    "register:find": sent("people.read"),
    "register:export": sent("people.export"),
    "register:enter": seen("people.enter"),
    "register:movements": sent("movements.record"),
    "register:links": sent("links.make"),
    "register:person": seen("people.read", key="person"),
    "register:change": seen("people.change", key="person"),
    "register:move": seen("people.move", key="person"),
    "register:leave": sent("people.leave", key="person"),
    "register:movement": seen("movements.record", key="person"),
    "register:exposure": seen("exposures.record", key="person"),
    "register:reveal": sent("people.reveal", key="person", column="column"),
    "register:revoke_link": sent("links.revoke", key="person"),
    "register:withdraw": sent("exposures.record", key="exposure"),
    "checkins:own": seen("checkins.own_link"),
    "checkins:own_fill": seen("checkins.own_link"),
    "checkins:own_pass": seen("checkins.own_link"),
    "checkins:me": seen("people.own"),
    "checkins:me_fill": seen("people.own"),
    "checkins:me_pass": seen("people.own"),
    "checkins:grid": seen("checkins.record"),
    "checkins:readings": seen("checkins.read"),
    "reports:bulletins": seen_if_fit("bulletins.read"),
    "reports:bulletin": seen_if_fit("bulletins.read", day="day"),
    "reports:bulletin_docx": seen_if_fit("bulletins.read", day="day"),
    "reports:bulletin_pdf": seen_if_fit("bulletins.read", day="day"),
    "reports:bulletin_xlsx": seen_if_fit("bulletins.read", day="day"),
    "reports:bulletin_png": seen_if_fit("bulletins.read", day="day"),
    "reports:bulletin_draft": sent("bulletins.draft", day="day"),
    "reports:bulletin_check": sent("bulletins.check", day="day"),
    "reports:bulletin_release": sent("bulletins.release", day="day"),
    "board:home": seen("users.own"),
    "board:today": seen_if_fit("figures.read"),
    "board:live": seen_if_fit("figures.read"),
    "board:drill_all": seen_if_fit("figures.read", day="day", figure="figure"),
    "board:drill": seen_if_fit("figures.read", day="day", figure="figure", unit="code"),
}
