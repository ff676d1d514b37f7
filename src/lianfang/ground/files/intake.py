"""Taking a file in: looked at, sealed and written to the disk, before an act keeps it."""

from dataclasses import dataclass, field
from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model

from lianfang.ground.files import rules, vault
from lianfang.kernel.pictures.drawing import draw
from lianfang.kernel.refusals import BadInput
from lianfang.kernel.sealed import INSTALLATION

IMAGE = "image/"


@dataclass(frozen=True, slots=True)
class Received:
    """A file that was looked at and lies sealed on the disk; an act has yet to keep it."""

    name: str
    media_type: str
    size: int
    fingerprint: str
    key: str
    response: Model | None
    content: bytes = field(repr=False)
    small: str | None = None
    small_content: bytes = field(default=b"", repr=False)


def receive(uploaded: "UploadedFile[bytes]", response: Model | None = None) -> Received:
    """Take in a file that a form brought."""
    most = settings.FILE_MEGABYTES
    if (uploaded.size or 0) > most * rules.MEGABYTE:
        raise BadInput(rules.TOO_LARGE, field="file", most=most)
    return take(uploaded.name or "", uploaded.read(), response)


def take(name: str, content: bytes, response: Model | None = None) -> Received:
    """Take in a file; what is collected for a response is sealed with the response's key.

    A photo is kept as it was drawn anew: upright, small, without what the camera wrote into it.
    """
    found = rules.checked(name, content, settings.FILE_MEGABYTES)
    key = f"response-{response.pk}" if response else INSTALLATION
    if not found.media_type.startswith(IMAGE):
        print_ = _put(content, key)
        return Received(found.name, found.media_type, len(content), print_, key, response, content)
    drawn = draw(found.name, content)
    return Received(
        str(PurePosixPath(found.name).with_suffix(".jpg")),
        rules.PHOTO,
        len(drawn.picture),
        _put(drawn.picture, key),
        key,
        response,
        drawn.picture,
        _put(drawn.small, key),
        drawn.small,
    )


def _put(content: bytes, key: str) -> str:
    try:
        return vault.put(content, key)
    except OSError as broken:
        raise rules.NotStored(rules.NOT_STORED) from broken
