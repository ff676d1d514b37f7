from collections.abc import Callable
from datetime import timedelta

import time_machine

from lianfang.ground.loops import services
from lianfang.ground.loops.models import Escalation, Loop
from lianfang.kernel import clock
from lianfang.kernel.actor import CLOCK


def test_without_a_policy_pack_nobody_is_called(
    opened: Callable[..., Loop], moment: time_machine.Traveller
) -> None:
    assert opened().response is None
    moment.shift(timedelta(days=2))
    assert services.tick(clock.now()).reminded == 0
    assert services.remind(CLOCK, None, clock.now()).subjects == ()
    assert not Escalation.objects.exists()
