"""A weak point of the command structure as an obligation: whoever can mend it owes it."""

from lianfang.ground.command.queries.asking import KIND
from lianfang.ground.loops.registry import Kind, declare
from lianfang.ground.orgs.rules import Role
from lianfang.kernel.texts import msgid

declare(
    Kind(
        code=KIND,
        title=msgid("Command structure"),
        owner_role=Role.PRINCIPAL,
        verifier_role=Role.GROUP_OFFICE,
    )
)
