"""What a command says: words or JSON on the standard output, what is wrong on the other."""

import json
import sys
from collections.abc import Mapping

WRONG, FAILED, DONE = 2, 1, 0


def say(text: str) -> None:
    """Say a line."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def note(text: str) -> None:
    """Say a line beside the result, so that the result stands alone where it is piped on."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def tell(told: Mapping[str, object]) -> None:
    """Write the result as JSON, alone."""
    say(json.dumps(told, ensure_ascii=False, default=str))


def wrong(sentence: str, status: int = WRONG) -> int:
    """Say in one sentence what is wrong; return the status to leave with."""
    note(f"lianfang: {sentence}")
    return status
