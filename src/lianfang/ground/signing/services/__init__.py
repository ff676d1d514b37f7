"""Signing, returning, instructing, recording for another, objecting, and what is owed for it."""

from lianfang.ground.signing.services.acts import (
    Instruction,
    agree,
    give_back,
    instruct,
    object_to,
    record,
    undo,
)
from lianfang.ground.signing.services.deciding import (
    Recorded,
    found_seat,
    open_sheet,
    own_hand,
    take,
)
from lianfang.ground.signing.services.owing import close, follow

__all__ = [
    "Instruction",
    "Recorded",
    "agree",
    "close",
    "follow",
    "found_seat",
    "give_back",
    "instruct",
    "object_to",
    "open_sheet",
    "own_hand",
    "record",
    "take",
    "undo",
]
