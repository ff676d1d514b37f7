"""Which post allows which acts: the permission matrix of the whole house."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from lianfang.ground.orgs.rules.units import UnitKind
from lianfang.kernel import tree


class Role(StrEnum):
    """A post that a user can hold at a unit for a period."""

    ADMINISTRATOR = "administrator"
    GROUP_OFFICE = "group_office"
    LEADING_GROUP = "leading_group"
    LIAISON_LEADER = "liaison_leader"
    PRINCIPAL = "principal"
    CLERK = "clerk"
    GATEKEEPER = "gatekeeper"
    STOREKEEPER = "storekeeper"
    DUTY = "duty"
    INSPECTOR = "inspector"
    PETITION_OFFICER = "petition_officer"
    EMPLOYEE = "employee"
    AUDITOR = "auditor"


ROLES = tuple(Role)

#: What everybody who signs in may do with what is addressed to him or about himself.
EVERYBODY = frozenset(
    {
        "response.read",
        "notices.read",
        "notices.mark_read",
        "loops.read",
        "loops.acknowledge",
        "loops.done",
        "loops.note",
        "files.read",
        "trail.own",
        "users.own",
    }
)

#: What a person may do with his own rows.
OWN = frozenset(
    {
        "checkins.read",
        "checkins.record",
        "people.own",
        "screening.read",
        "trail.own",
        "response.read",
    }
)

LOOK = frozenset(
    {
        "units.read",
        "sites.read",
        "stalls.read",
        "figures.read",
        "reports.read",
        "bulletins.read",
        "loops.read",
    }
)
LOOK_AT_PEOPLE = frozenset({"files.read", "people.read", "checkins.read", "screening.read"})
TAKE_PART = frozenset(
    {
        "loops.assign",
        "loops.verify",
        "loops.return",
        "loops.waive",
        "loops.undo",
        "loops.note",
        "files.keep",
        "files.read",
    }
)

PEOPLE_WORK = frozenset(
    {
        "people.import",
        "people.enter",
        "people.change",
        "people.reveal",
        "people.move",
        "people.leave",
        "people.export",
        "stalls.import",
        "imports.bring",
        "imports.settle",
        "movements.record",
        "exposures.record",
        "exposures.withdraw",
        "links.make",
        "links.revoke",
        "checkins.record",
        "checkins.attempt",
        "screening.rescreen",
    }
)
REPORT_WORK = frozenset(
    {
        "figures.type",
        "reports.override",
        "reports.override_back",
        "reports.write",
        "reports.sign",
        "reports.submit",
        "notices.send",
    }
)
OFFICE_WORK = frozenset(
    {
        "reports.accept",
        "reports.return",
        "reports.chase",
        "bulletins.draft",
        "bulletins.check",
        "bulletins.release",
        "loops.waive",
        "response.begin",
        "response.level",
        "response.phase",
        "response.campaign",
        "response.adopt",
        "response.amend",
        "response.supplement",
        "response.cases",
        "response.key_period",
        "response.lift",
        "response.end",
        "figures.adopt",
    }
)
ORGANISE = frozenset(
    {
        "units.enter",
        "units.change",
        "units.move",
        "units.keep_name",
        "units.import",
        "sites.enter",
        "sites.change",
        "sites.import",
        "imports.bring",
        "imports.settle",
        "users.read",
        "users.create",
        "users.change",
        "users.set_password",
        "posts.give",
        "posts.end",
        "tokens.read",
        "tokens.create",
        "tokens.revoke",
    }
)

ACTS_OF: Mapping[Role, frozenset[str]] = {
    Role.ADMINISTRATOR: LOOK
    | ORGANISE
    | {"board.read", "response.begin", "response.adopt", "figures.adopt", "files.keep"},
    Role.GROUP_OFFICE: LOOK
    | LOOK_AT_PEOPLE
    | TAKE_PART
    | PEOPLE_WORK
    | OFFICE_WORK
    | {"units.enter", "units.change", "units.keep_name", "units.import"}
    | {"sites.enter", "sites.change", "sites.import", "figures.type", "board.read"}
    | {"notices.send", "users.read"},
    Role.LEADING_GROUP: LOOK
    | LOOK_AT_PEOPLE
    | TAKE_PART
    | {"board.read", "bulletins.release", "notices.send"},
    Role.LIAISON_LEADER: LOOK
    | LOOK_AT_PEOPLE
    | TAKE_PART
    | {"board.read", "reports.chase", "notices.send"},
    Role.PRINCIPAL: LOOK
    | LOOK_AT_PEOPLE
    | TAKE_PART
    | {"reports.sign", "reports.submit", "notices.send", "response.supplement", "response.lift"},
    Role.CLERK: LOOK | LOOK_AT_PEOPLE | PEOPLE_WORK | REPORT_WORK | {"files.keep", "loops.assign"},
    Role.GATEKEEPER: frozenset({"sites.read", "checkins.record"}),
    Role.STOREKEEPER: frozenset({"units.read", "sites.read", "figures.type", "figures.read"}),
    Role.DUTY: LOOK | {"people.read", "checkins.read", "checkins.record"},
    Role.INSPECTOR: LOOK | TAKE_PART,
    Role.PETITION_OFFICER: frozenset({"units.read", "figures.read", "figures.type"}),
    Role.EMPLOYEE: frozenset(),
    Role.AUDITOR: LOOK | {"board.read", "trail.read", "trail.export", "users.read", "tokens.read"},
}


#: What somebody must do himself: a program does it only in the name of one who may do it there.
IN_PERSON = frozenset(
    {
        "reports.sign",
        "reports.accept",
        "reports.return",
        "bulletins.check",
        "bulletins.release",
        "loops.verify",
        "loops.return",
        "loops.waive",
        "loops.undo",
        "people.reveal",
        "people.export",
        "trail.export",
        "users.create",
        "users.change",
        "users.set_password",
        "posts.give",
        "posts.end",
        "tokens.create",
        "tokens.revoke",
    }
)

#: The posts that a group has once, at its top; all others stand at units of every kind.
AT_THE_TOP = frozenset({Role.GROUP_OFFICE, Role.LEADING_GROUP})
_BELOW = frozenset(ROLES) - AT_THE_TOP
POSTS_AT: Mapping[UnitKind, frozenset[Role]] = {
    UnitKind.GROUP: _BELOW,
    UnitKind.DEPARTMENT: _BELOW - {Role.ADMINISTRATOR},
    UnitKind.SUBSIDIARY: _BELOW,
    UnitKind.BRANCH: _BELOW,
    UnitKind.PROJECT: _BELOW,
}


def may_stand_at(role: str, kind: str, path: str) -> bool:
    """Tell whether a post is for a unit of this kind; whatever its kind, the top has them all."""
    return tree.is_root(path) or role in POSTS_AT[UnitKind(kind)]


def acts_by_token(role: str, held: frozenset[str] | None) -> frozenset[str]:
    """Return what a token may do with a post: never more than is behind it at this moment.

    `held` are the acts that its maker holds there; None stands for a token of the installation
    itself, behind which there is nobody. Whoever may make tokens there lends the work of the post,
    but not what has to be done in person; of that his token does what he may do himself.
    """
    acts = acts_of(role)
    if held is None:
        return acts - IN_PERSON
    lent = acts - IN_PERSON if "tokens.create" in held else frozenset()
    return lent | (acts & held)


@cache
def acts_of(role: str) -> frozenset[str]:
    """Return the acts that a post allows within its reach."""
    return ACTS_OF[Role(role)]
