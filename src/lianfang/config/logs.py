"""Log lines without anybody's data: as words, or as JSON for machines."""

import json
import logging
import re
from datetime import UTC, datetime

#: Numbers that may be somebody's document or telephone, and what a database says of a row.
NUMBERS = re.compile(r"(?<![0-9A-Za-z-])\d{7,}[\dXx]?(?![0-9A-Za-z-])")
DETAIL = re.compile(r"^(DETAIL|Key|CONTEXT): .*$", re.MULTILINE)
ADDRESSES = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
#: The secret of a personal link, which opens what stands behind it (`/c/<secret>`).
LINKS = re.compile(r"(/c/)[^/\s?#\"'<>]+")
HIDDEN = "•••"


def plain(text: str) -> str:
    """Return a text without what may be somebody's data."""
    text = LINKS.sub(rf"\1{HIDDEN}", DETAIL.sub(HIDDEN, text))
    return ADDRESSES.sub(HIDDEN, NUMBERS.sub(HIDDEN, text))


class Words(logging.Formatter):
    """A line that a person reads."""

    def __init__(self) -> None:
        """Begin each line with the time, the weight and the place."""
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Write a record, its traceback too, without anybody's data."""
        return plain(super().format(record))


class Json(logging.Formatter):
    """A line that a program reads."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record as one object, without anybody's data."""
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": plain(record.getMessage()),
        }
        if record.exc_info:
            told["traceback"] = plain(self.formatException(record.exc_info))
        return json.dumps(told, ensure_ascii=False)
