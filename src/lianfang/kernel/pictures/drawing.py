"""Has a foreign photo drawn anew by a process that can harm or exhaust nothing here."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Any

from lianfang.kernel.pictures.child import BROKEN, OUT_OF_MEMORY, TOO_LARGE
from lianfang.kernel.refusals import BadInput
from lianfang.kernel.texts import msgid

PATIENCE = 30.0
#: How many photos are drawn at once by one server; the others wait their turn.
TURNS = BoundedSemaphore(2)
HANDED_ON = ("LD_LIBRARY_PATH",)
COMMAND = ("-P", "-m", "lianfang.kernel.pictures.child")
IS_BROKEN = msgid("%(name)s cannot be opened as a photo; take it once more and send that.")
HAS_TOO_MUCH = msgid("%(name)s has more pixels than are taken; send it smaller.")
SENTENCES = {BROKEN: IS_BROKEN, TOO_LARGE: HAS_TOO_MUCH}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A photo as it is kept, and its small copy for lists."""

    picture: bytes
    small: bytes


def draw(name: str, content: bytes) -> Drawn:
    """Return a photo drawn anew, or say in one sentence why it cannot be."""
    surroundings = {each: os.environ[each] for each in HANDED_ON if each in os.environ}
    path = os.pathsep.join(filter(None, sys.path))
    try:
        with TURNS:
            done = subprocess.run(  # noqa: S603 - our own interpreter and module, no user's words
                (sys.executable, *COMMAND),
                input=content,
                capture_output=True,
                timeout=PATIENCE,
                check=False,
                env=surroundings | {"PYTHONPATH": path},
            )
    except subprocess.TimeoutExpired:
        raise BadInput(HAS_TOO_MUCH, field="file", name=name) from None
    if done.returncode:
        spent = done.returncode < 0 or done.returncode == OUT_OF_MEMORY
        raise BadInput(HAS_TOO_MUCH if spent else IS_BROKEN, field="file", name=name)
    return _read(name, done.stdout)


def _read(name: str, answer: bytes) -> Drawn:
    line, _, rest = answer.partition(b"\n")
    told: dict[str, Any] = json.loads(line)
    if "refused" in told:
        raise BadInput(SENTENCES[told["refused"]], field="file", name=name)
    cut = int(told["picture"])
    return Drawn(rest[:cut], rest[cut:])
