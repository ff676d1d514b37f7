"""What the policy pack in force asks of the command structure."""

from collections.abc import Mapping
from datetime import datetime

from lianfang.ground.command.rules.gaps import Asked, WorkLine
from lianfang.ground.response import queries as responses
from lianfang.ground.response.rules import Pack
from lianfang.kernel.actor import Actor

GROUP_AT, LIAISON_AT, LETTER_AT = "command.group_at", "command.liaison_at", "command.letter_at"
LINES, MEND_WITHIN = "command.work_lines", "command.mend_within"


def asked_at(actor: Actor, at: datetime) -> Asked:
    """Return what is asked at an instant; nothing without a pack that says so."""
    pack = responses.pack_or_none(actor, at)
    return asked_by(pack) if pack is not None else Asked()


def asked_by(pack: Pack) -> Asked:
    """Read what a pack asks."""
    lines = pack.entries(LINES) if pack.has(LINES) else ()
    return Asked(
        _kinds(pack, GROUP_AT),
        _kinds(pack, LIAISON_AT),
        _kinds(pack, LETTER_AT),
        tuple(_line(entry) for entry in lines),
    )


def _kinds(pack: Pack, path: str) -> frozenset[str]:
    return frozenset(pack.texts(path)) if pack.has(path) else frozenset()


def _line(entry: Mapping[str, object]) -> WorkLine:
    at = entry.get("at")
    kinds = frozenset(str(kind) for kind in at) if isinstance(at, list) else frozenset()
    zh, en = str(entry.get("zh", "")), str(entry.get("en", ""))
    return WorkLine(str(entry["code"]), zh, en or zh, kinds)
