"""Where a paper stands, who has signed it, and what waits for whom."""

from lianfang.ground.signing.queries.pages import Page, own_step, waiting
from lianfang.ground.signing.queries.pages import page as page_of
from lianfang.ground.signing.queries.sheets import hands, of_paper, said_on, sheet
from lianfang.ground.signing.queries.standing import Seat, Standing, seat_of, standing
from lianfang.ground.signing.queries.strip import Strip, strip, strip_of

__all__ = [
    "Page",
    "Seat",
    "Standing",
    "Strip",
    "hands",
    "of_paper",
    "own_step",
    "page_of",
    "said_on",
    "seat_of",
    "sheet",
    "standing",
    "strip",
    "strip_of",
    "waiting",
]
