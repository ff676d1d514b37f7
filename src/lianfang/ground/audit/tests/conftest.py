"""A trail to read: what happened in the first days, sealed day by day."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connection

from lianfang.ground.audit.jobs import seal_trail
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import UnitKind
from lianfang.ground.orgs.services import UnitLine, enter_unit
from lianfang.kernel.actor import OPERATOR

TABLES = ("doors_entry", "doors_subject", "audit_seal", "audit_sealing")


@pytest.fixture
def sealed(mill: Unit) -> Unit:
    """A trail of five seals."""
    for seal in range(5):
        for number in range(6):
            code = f"B{seal}{number}"
            enter_unit(OPERATOR, mill, UnitLine(code, f"{code} 分公司", UnitKind.BRANCH))
        seal_trail()
    return mill


@pytest.fixture
def forger(db: None) -> Callable[..., None]:
    """Somebody who holds the database and has taken the triggers away."""
    with connection.cursor() as cursor:
        for table in TABLES:
            for verb in ("update", "delete"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER {table}_no_{verb}{on}")

    def forge(sql: str, *values: str | int | UUID) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)

    return forge
