"""Log lines without anybody's data: as words, or as JSON for machines."""

import json
import logging
import re
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse

from lianfang.kernel import ids

#: Numbers that may be somebody's document or telephone, and what a database says of a row.
NUMBERS = re.compile(r"(?<![0-9A-Za-z-])\d{7,}[\dXx]?(?![0-9A-Za-z-])")
DETAIL = re.compile(r"^(DETAIL|Key|CONTEXT): .*$", re.MULTILINE)
ADDRESSES = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
#: The secret of a personal link (`/c/<secret>`) or of a unit's code, which open what follows.
LINKS = re.compile(r"(/(?:c|join)/)[^/\s?#\"'<>]+")
HIDDEN = "•••"


#: The number of the request that is being worked on, in every line that is written meanwhile.
NUMBER: ContextVar[str] = ContextVar("number", default="")


def numbered(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Give each request a number, by which its lines in the log are found again."""

    def handle(request: HttpRequest) -> HttpResponse:
        number = str(ids.new())
        request.request_id = number  # type: ignore[attr-defined]
        NUMBER.set(number)  # and left: Django writes its own line only afterwards
        return get_response(request)

    return handle


def plain(text: str) -> str:
    """Return a text without what may be somebody's data."""
    text = LINKS.sub(rf"\1{HIDDEN}", DETAIL.sub(HIDDEN, text))
    return ADDRESSES.sub(HIDDEN, NUMBERS.sub(HIDDEN, text))


class Words(logging.Formatter):
    """A line that a person reads."""

    def __init__(self) -> None:
        """Begin each line with the time, the weight, the place and the request's number."""
        super().__init__("%(asctime)s %(levelname)s %(name)s %(request)s%(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Write a record, its traceback too, without anybody's data."""
        number = NUMBER.get()
        record.request = f"[{number}] " if number else ""
        return plain(super().format(record))


class Json(logging.Formatter):
    """A line that a program reads."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record as one object, without anybody's data."""
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request": NUMBER.get(),
            "message": plain(record.getMessage()),
        }
        if record.exc_info:
            told["traceback"] = plain(self.formatException(record.exc_info))
        return json.dumps(told, ensure_ascii=False)
