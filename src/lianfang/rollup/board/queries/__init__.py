"""The board of a day, what stands behind its numbers, and where a reader's day begins."""

from lianfang.rollup.board.queries.caring import Caring, caring
from lianfang.rollup.board.queries.drill import Drill, drill
from lianfang.rollup.board.queries.page import Asked, Page, page
from lianfang.rollup.board.queries.stamp import stamp
from lianfang.rollup.board.queries.start import address

__all__ = ["Asked", "Caring", "Drill", "Page", "address", "caring", "drill", "page", "stamp"]
