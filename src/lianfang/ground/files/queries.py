"""Which files somebody may open, and which contents are kept."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from lianfang.ground.doors.visible import visible
from lianfang.ground.files.models import StoredFile
from lianfang.kernel.actor import Actor

READ = "files.read"


def files(actor: Actor, act: str = READ) -> QuerySet[StoredFile]:
    """Return the files that the actor may do this to."""
    return visible(StoredFile, actor, act)


def file(actor: Actor, key: UUID, act: str = READ) -> StoredFile:
    """Return a file that the actor may do this to, or nothing is there."""
    return get_object_or_404(files(actor, act).select_related("unit"), pk=key)


def photo(actor: Actor, key: UUID) -> StoredFile:
    """Return a photo that the actor may open, or nothing is there."""
    found = files(actor).exclude(small=None).select_related("unit")
    return get_object_or_404(found, pk=key)


def kept(actor: Actor, fingerprints: Collection[str]) -> set[str]:
    """Return those of the contents that are kept."""
    rows = files(actor, "files.sweep")
    whole = rows.filter(fingerprint__in=fingerprints).values_list("fingerprint", flat=True)
    small = rows.filter(small__in=fingerprints).values_list("small", flat=True)
    return {*whole, *(each for each in small if each)}
