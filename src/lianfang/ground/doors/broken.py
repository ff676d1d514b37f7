"""What a person is told when the database refuses what a service did not foresee."""

import logging

from django.db import DatabaseError, DataError, IntegrityError

from lianfang.kernel.refusals import BadInput, Conflict, Refused
from lianfang.kernel.texts import msgid

LOG = logging.getLogger(__name__)
#: What the act's transaction was broken by: somebody was quicker, or a value that no column takes.
BROKEN = (IntegrityError, DataError)
TWICE = ("UNIQUE constraint failed", "duplicate key value")
TAKEN = msgid("This is registered already, perhaps by somebody else at this moment; look again.")
NOT_STORABLE = msgid("This cannot be stored as it stands and was not; check what was typed.")


def refusal(broken: DatabaseError) -> Refused:
    """Return the sentence for a broken constraint; what no rule foresaw is also in the log."""
    if any(words in str(broken) for words in TWICE):
        return Conflict(TAKEN)
    LOG.error("the database refused a row: %s", _constraint(broken))
    return BadInput(NOT_STORABLE)


def _constraint(broken: DatabaseError) -> str:
    """Return what was broken by its name; PostgreSQL's own words repeat the row, with names."""
    told = getattr(broken.__cause__, "diag", None)
    return str(broken) if told is None else f"{told.table_name}.{told.constraint_name}"
