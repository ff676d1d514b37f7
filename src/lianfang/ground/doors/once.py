"""A request that carries a key has its effect once."""

from collections.abc import Iterable, Sequence

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
    answer = _answer(actor, once, None, "")
    try:
        with transaction.atomic():
            answer.save(force_insert=True)
    except IntegrityError:
        replay(Answer.objects.get(actor=answer.actor, key=once.key), once)
        raise
    return answer


def replay(first: Answer, once: Once) -> None:
    """Answer as the first time, unless something else came under the same key."""
    if (first.route, first.body) != (once.route, once.body) or first.status is None:
        raise KeyReused(SAME_KEY)
    raise Replay(first.status, first.text)


def answered(actor: Actor) -> Replay | None:
    """Return the first answer to this very request, if it has one.

    What it was about may have changed since: a person moved, a unit was closed.
    """
    if actor.once is None:
        return None
    said = Answer.objects.filter(actor=_who(actor), key=actor.once.key, status__isnull=False)
    first = said.filter(route=actor.once.route, body=actor.once.body).first()
    return Replay(first.status, first.text) if first and first.status else None


def settle(answer: Answer | None, actor: Actor, result: object) -> None:
    """Store the answer beside its effect."""
    if answer is None or actor.once is None:
        return
    answer.status, answer.text = actor.once.render(result)
    answer.save(update_fields=["status", "text"])


def unanswered(actors: Sequence[Actor]) -> list[int]:
    """Return the places of those whose request has no answer yet; of twins the first alone.

    A twin in another process is found out when the answers are stored: their keys are unique.
    """
    keys = [_named(actor) for actor in actors]
    asked = {key for key in keys if key is not None}
    rows = Answer.objects.filter(
        actor__in={who for who, _ in asked}, key__in={key for _, key in asked}
    )
    seen: set[tuple[str, str] | None] = set(rows.values_list("actor", "key")) if asked else set()
    found = []
    for at, key in enumerate(keys):
        if key not in seen:
            found.append(at)
        if key is not None:
            seen.add(key)
    return found


def settle_each(done: Iterable[tuple[Actor, object]]) -> None:
    """Store the answers of many requests beside their effects."""
    answers = []
    for actor, result in done:
        if actor.once is not None:
            status, text = actor.once.render(result)
            answers.append(_answer(actor, actor.once, status, text))
    Answer.objects.bulk_create(answers)


def _answer(actor: Actor, once: Once, status: int | None, text: str) -> Answer:
    who, key = _who(actor), once.key
    return Answer(actor=who, key=key, route=once.route, body=once.body, status=status, text=text)


def _named(actor: Actor) -> tuple[str, str] | None:
    return (_who(actor), actor.once.key) if actor.once else None


def _who(actor: Actor) -> str:
    return f"{actor.kind}:{actor.id}"
