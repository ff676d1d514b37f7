"""Taking a workbook of staff in, as the command line does."""

import resource
import time
from collections.abc import Mapping
from pathlib import Path

from lianfang.kernel.actor import OPERATOR
from lianfang.people.register.services.importing import import_people

KIBIBYTES_A_MEBIBYTE = 1024


def measure(file: str) -> Mapping[str, float]:
    """Import a file; tell seconds, rows and the greatest memory of this process and its child."""
    began = time.perf_counter()
    outcome = import_people(OPERATOR, Path(file))
    seconds = time.perf_counter() - began
    return {
        "seconds": seconds,
        "created": outcome.created,
        "rejected": outcome.rejected,
        "own": _peak(resource.RUSAGE_SELF),
        "reader": _peak(resource.RUSAGE_CHILDREN),
    }


def _peak(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / KIBIBYTES_A_MEBIBYTE
