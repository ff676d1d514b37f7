"""Which post allows which acts: the permission matrix of the whole house."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from lianfang.ground.orgs.rules.duties import (
    BRING_BOOKS,
    COMMAND_WORK,
    GIVE_BOOKS,
    IN_PERSON,
    LOOK,
    LOOK_AFTER,
    LOOK_AT_PEOPLE,
    OFFICE_WORK,
    ORGANISE,
    PEOPLE_WORK,
    REPORT_WORK,
    SIGN,
    TAKE_PART,
)
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

ACTS_OF: Mapping[Role, frozenset[str]] = {
    Role.ADMINISTRATOR: LOOK
    | ORGANISE
    | {"board.read", "response.begin", "figures.adopt", "files.keep"},
    Role.GROUP_OFFICE: LOOK
    | LOOK_AT_PEOPLE
    | TAKE_PART
    | PEOPLE_WORK
    | COMMAND_WORK
    | LOOK_AFTER
    | OFFICE_WORK
    | {"units.enter", "units.change", "units.keep_name", "units.import"}
    | {"sites.enter", "sites.change", "sites.import", "figures.type", "board.read"}
    | SIGN
    | GIVE_BOOKS
    | {"notices.send", "users.read", "signing.record", "faces.read"},
    Role.LEADING_GROUP: LOOK
    | LOOK_AT_PEOPLE
    | TAKE_PART
    | LOOK_AFTER
    | SIGN
    | {"board.read", "bulletins.endorse", "bulletins.release", "briefings.release", "notices.send"}
    | {"signing.instruct"},
    Role.LIAISON_LEADER: LOOK
    | LOOK_AT_PEOPLE
    | TAKE_PART
    | LOOK_AFTER
    | BRING_BOOKS
    | {"board.read", "reports.chase", "notices.send"},
    Role.PRINCIPAL: LOOK
    | LOOK_AT_PEOPLE
    | TAKE_PART
    | COMMAND_WORK
    | SIGN
    | {"signing.instruct", "daybooks.read"}
    | {"reports.sign", "reports.submit", "notices.send", "response.supplement", "response.lift"},
    Role.CLERK: LOOK
    | LOOK_AT_PEOPLE
    | PEOPLE_WORK
    | COMMAND_WORK
    | REPORT_WORK
    | GIVE_BOOKS
    | SIGN
    | {"files.keep", "loops.assign", "signing.record"},
    Role.GATEKEEPER: frozenset({"sites.read", "checkins.record"}),
    Role.STOREKEEPER: frozenset({"units.read", "sites.read", "figures.type", "figures.read"}),
    Role.DUTY: LOOK
    | BRING_BOOKS
    | {"people.read", "checkins.read", "checkins.record", "checkins.record_chat"},
    Role.INSPECTOR: LOOK | TAKE_PART,
    Role.PETITION_OFFICER: frozenset({"units.read", "figures.read", "figures.type"}),
    Role.EMPLOYEE: frozenset(),
    Role.AUDITOR: LOOK | {"board.read", "trail.read", "trail.export", "users.read", "tokens.read"},
}


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
