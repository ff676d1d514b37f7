from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.services import change_unit
from lianfang.ground.orgs.services.units import UnitLine
from lianfang.ground.response.rules.drafting import Drafted, DraftKind, Line
from lianfang.ground.response.services import begin_draft, begin_with_pack
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR
from lianfang.rollup.reports import queries
from tests.architecture.world import CANARY, World, absent, things


@pytest.fixture
def world(group: Unit, mill: Unit, port: Unit) -> World:
    """The mill's subtree, and the port's with a canary in every name."""
    entered = UnitLine(port.code, f"{CANARY} 港务", port.kind, CANARY, port.sector)
    port = change_unit(OPERATOR, port, replace(entered, address=CANARY, principal=CANARY))
    response = begin_with_pack(OPERATOR, "covid19-2020-01", clock.now())
    day: date = queries.today()
    made = World(mill, group, response)
    line = Line("temperature.fever_ge_c", "37.2", "notice")
    draft = begin_draft(OPERATOR, group, DraftKind.AMENDMENT, Drafted(title="Fever", lines=(line,)))
    made.own = {**things(mill, "Mill", day, 1), "draft": draft.pk}
    made.foreign = {**things(port, CANARY, day, 2), "draft": draft.pk}
    made.nothing = {**absent(day), "draft": uuid4()}
    return made
