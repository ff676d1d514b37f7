"""The words in which a person's status is said: words and shapes, never colours."""

from enum import StrEnum

from lianfang.kernel.texts import msgid


class Status(StrEnum):
    """What the policy in force says of a person at a gate."""

    MAY_ENTER = "may_enter"
    CHECK_FIRST = "check_first"
    NOT_NOW = "not_now"
    UNKNOWN = "unknown"


#: The most cautious first: of two rules that hold the one that stands earlier here decides.
CAUTION = (Status.NOT_NOW, Status.CHECK_FIRST, Status.UNKNOWN, Status.MAY_ENTER)

WORDS = {
    Status.MAY_ENTER: msgid("May enter"),
    Status.CHECK_FIRST: msgid("Check first"),
    Status.NOT_NOW: msgid("Not now"),
    Status.UNKNOWN: msgid("Unknown"),
}


def caution(status: str) -> int:
    """Return how cautious a status is; the smaller, the more cautious."""
    return CAUTION.index(Status(status))
