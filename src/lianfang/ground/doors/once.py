"""A request that carries a key has its effect once."""

from django.db import IntegrityError, transaction

from lianfang.ground.doors.models import Answer
from lianfang.kernel.actor import Actor, Once
from lianfang.kernel.refusals import KeyReused
from lianfang.kernel.texts import msgid

SAME_KEY = msgid("This key was used for another request; send a new key.")


class Replay(Exception):
    """This request was answered before; here is the first answer."""

    def __init__(self, status: int, text: str) -> None:
        """Keep the status and the body as they were sent the first time."""
        super().__init__(text)
        self.status, self.text = status, text


def claim(actor: Actor) -> Answer | None:
    """Insert the record of this request, or answer as the first time; a twin waits here."""
    once = actor.once
    if once is None:
        return None
    who = f"{actor.kind}:{actor.id}"
    try:
        with transaction.atomic():
            return Answer.objects.create(
                actor=who, key=once.key, route=once.route, body=once.body, text=""
            )
    except IntegrityError:
        replay(Answer.objects.get(actor=who, key=once.key), once)
        raise


def replay(first: Answer, once: Once) -> None:
    """Answer as the first time, unless something else came under the same key."""
    if (first.route, first.body) != (once.route, once.body) or first.status is None:
        raise KeyReused(SAME_KEY)
    raise Replay(first.status, first.text)


def settle(answer: Answer | None, actor: Actor, result: object) -> None:
    """Store the answer beside its effect."""
    if answer is None or actor.once is None:
        return
    answer.status, answer.text = actor.once.render(result)
    answer.save(update_fields=["status", "text"])
