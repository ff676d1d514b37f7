"""Changes to people, where they are and what they told; looks at what is sealed; imports."""

from lianfang.people.register.services.handing import move_tenures
from lianfang.people.register.services.importing import import_people
from lianfang.people.register.services.links import make_link, new_secret, revoke_link
from lianfang.people.register.services.looking import Exported, Listing, Revealed, export, reveal
from lianfang.people.register.services.movements import (
    record_exposure,
    record_movement,
    withdraw_exposure,
)
from lianfang.people.register.services.people import change, enter, leave, move
from lianfang.people.register.services.stall_imports import import_stalls
from lianfang.people.register.services.stalls import take_stall
from lianfang.people.register.services.taking import take

__all__ = [
    "Exported",
    "Listing",
    "Revealed",
    "change",
    "enter",
    "export",
    "import_people",
    "import_stalls",
    "leave",
    "make_link",
    "move",
    "move_tenures",
    "new_secret",
    "record_exposure",
    "record_movement",
    "reveal",
    "revoke_link",
    "take",
    "take_stall",
    "withdraw_exposure",
]
