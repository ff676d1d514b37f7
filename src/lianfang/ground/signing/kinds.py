"""What a paper obliges to: a signature by a time, and what a leader has asked for on it."""

from django.urls import reverse

from lianfang.ground.loops.models import Loop
from lianfang.ground.loops.registry import Kind, declare
from lianfang.ground.orgs.rules import Role
from lianfang.ground.signing.services.acts import SUPERVISED
from lianfang.ground.signing.services.owing import SIGNATURE
from lianfang.kernel.texts import msgid


def _page(loop: Loop) -> str:
    return reverse("signing:sheet", args=[loop.key.split(":")[0]])


declare(
    Kind(
        code=SIGNATURE,
        title=msgid("Signature"),
        owner_role=Role.PRINCIPAL,
        verifier_role=Role.GROUP_OFFICE,
        ladder="signing.reminder_ladder",
        url=_page,
        done_here=False,
        acknowledged=False,
        quiet=True,
    )
)
declare(
    Kind(
        code=SUPERVISED,
        title=msgid("Supervised task"),
        owner_role=Role.PRINCIPAL,
        verifier_role=Role.GROUP_OFFICE,
        url=_page,
    )
)
