"""Changes to people, where they are and what they told; looks at what is sealed; imports."""

from lianfang.people.register.services.handing import move_tenures
from lianfang.people.register.services.importing import import_people
from lianfang.people.register.services.joining import (
    Told,
    ask,
    hang,
    merge,
    new_code,
    refuse,
    take_down,
    take_in,
)
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
    "Told",
    "ask",
    "change",
    "enter",
    "export",
    "hang",
    "import_people",
    "import_stalls",
    "leave",
    "make_link",
    "merge",
    "move",
    "move_tenures",
    "new_code",
    "new_secret",
    "record_exposure",
    "record_movement",
    "refuse",
    "reveal",
    "revoke_link",
    "take",
    "take_down",
    "take_in",
    "take_stall",
    "withdraw_exposure",
]
