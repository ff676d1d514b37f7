"""Keeping files and opening them."""

import logging
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.db import transaction

from lianfang.ground.doors.act import act
from lianfang.ground.doors.sealing import key_of
from lianfang.ground.files import vault
from lianfang.ground.files.intake import Received
from lianfang.ground.files.models import StoredFile
from lianfang.ground.files.rules import GONE
from lianfang.ground.orgs.models import Unit
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor, Kind
from lianfang.kernel.refusals import Conflict
from lianfang.kernel.sealed import KeyMissing, Tampered

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file with its content; the trail names the file and whom it is about."""

    name: str
    media_type: str
    content: bytes
    subjects: tuple[UUID, ...]


@act("files.keep")
def keep(actor: Actor, unit: Unit, received: Received, person: UUID | None = None) -> StoredFile:
    """Keep a file at a unit; `person` is whom it is about."""
    return enter(actor, unit, received, person)


def enter(actor: Actor, unit: Unit, received: Received, person: UUID | None = None) -> StoredFile:
    """Keep a file as a step of another act."""
    made = StoredFile.objects.create(
        unit=unit,
        response_id=received.response.pk if received.response else None,
        person=person,
        user=UUID(actor.id) if actor.kind is Kind.USER else None,
        name=received.name,
        media_type=received.media_type,
        size=received.size,
        fingerprint=received.fingerprint,
        small=received.small,
        kept_at=clock.now(),
        by=actor.who,
    )
    transaction.on_commit(partial(_still_there, received))
    return made


@act("files.read")
def read(actor: Actor, file: StoredFile) -> Opened:
    """Open a file; who opened it stands in the trail."""
    content = _content(file, file.fingerprint)
    subjects = (file.pk, file.person) if file.person else (file.pk,)
    return Opened(file.name, file.media_type, content, subjects)


def small(file: StoredFile) -> bytes | None:
    """Return the small copy of a photo, for whoever found the file by what he may open.

    It stands beside the file's name in a list; that somebody looked is entered when he opens it.
    """
    return _content(file, file.small) if file.small else None


def _content(file: StoredFile, fingerprint: str) -> bytes:
    try:
        return vault.get(fingerprint, key_of(file))
    except Tampered as broken:
        LOG.exception("the content of file %s was changed on the disk", file.pk)
        raise Conflict(GONE) from broken
    except (KeyMissing, FileNotFoundError) as broken:
        raise Conflict(GONE) from broken


def _still_there(received: Received) -> None:
    """Write the content again if it was swept away between the writing and the act."""
    if not vault.holds(received.fingerprint, received.key):
        vault.put(received.content, received.key)
    if received.small and not vault.holds(received.small, received.key):
        vault.put(received.small_content, received.key)
