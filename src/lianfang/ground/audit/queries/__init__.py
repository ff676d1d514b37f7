"""Reading the trail: in words, about oneself, and from end to end."""

from lianfang.ground.audit.queries.chain import begun, head, unsealed, verify, waiting
from lianfang.ground.audit.queries.trail import about, counts, most, page

__all__ = ["about", "begun", "counts", "head", "most", "page", "unsealed", "verify", "waiting"]
