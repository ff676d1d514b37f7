"""Which typefaces papers are set in here, and from where."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from lianfang.ground.papers import setting
from lianfang.ground.papers.faces import Chosen, faces
from lianfang.ground.papers.layout import Role, layout
from lianfang.kernel.actor import Actor
from lianfang.kernel.texts import msgid

NAMES = {
    Role.TITLE: msgid("Titles and red heads"),
    Role.HEAD: msgid("Heads of the first level"),
    Role.BODY: msgid("Text of papers"),
    Role.KAI: msgid("Heads of the second level, signatures"),
    Role.SONG: msgid("Page numbers"),
}
SAMPLE = "疫情防控每日情况 第 8 期　王彧 2020"


@dataclass(frozen=True, slots=True)
class Used:
    """A role, the face that serves it, and which names of files would serve it better."""

    name: str
    wanted: str
    chosen: Chosen
    asks: Sequence[str]


@dataclass(frozen=True, slots=True)
class FacesPage:
    """All roles, where own files belong, and which files serve nothing."""

    used: Sequence[Used]
    folder: Path
    damaged: Sequence[str]
    forbidden: Sequence[str]
    unused: Sequence[str]


def faces_page(_actor: Actor) -> FacesPage:
    """Return what the screen of typefaces shows."""
    found = faces(settings.DATA / "fonts")
    asked = layout().faces
    used = [
        Used(NAMES[role], asked[role].word, found.chosen[role], asked[role].asks) for role in Role
    ]
    return FacesPage(used, settings.DATA / "fonts", found.damaged, found.forbidden, found.unused)


def sample(_actor: Actor, role: Role) -> bytes:
    """Return a line set in the face of a role, as a picture."""
    return setting.picture(setting.of_sample(role, SAMPLE, settings.DATA / "fonts"))
