"""The group in which it is measured: 24 companies with branches, and a policy pack in force."""

from lianfang.ground.orgs.rules import UnitKind
from lianfang.ground.orgs.services import UnitLine, enter_unit
from lianfang.ground.response.services import begin_with_pack
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR
from tests.bench.group import BRANCHES, GROUP, companies

PACK = "covid19-2020-01"


def found() -> int:
    """Found it, and return how many units there are."""
    group = enter_unit(OPERATOR, None, UnitLine(GROUP, "瓯江实业集团", UnitKind.GROUP, "瓯江"))
    for code in companies():
        line = UnitLine(code, f"第 {code} 公司", UnitKind.SUBSIDIARY, code)
        company = enter_unit(OPERATOR, group, line)
        for number in range(1, BRANCHES + 1):
            line = UnitLine(f"{code}{number:02}", f"{code} {number} 号", UnitKind.BRANCH, code)
            enter_unit(OPERATOR, company, line)
    begin_with_pack(OPERATOR, PACK, clock.now())
    return 1 + len(companies()) * (1 + BRANCHES)
