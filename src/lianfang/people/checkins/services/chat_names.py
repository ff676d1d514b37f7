"""What people are called in a chat group: settled once, remembered for the unit, forgotten."""

from lianfang.ground.doors.act import act
from lianfang.ground.orgs.models import Unit
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import Conflict
from lianfang.kernel.texts import msgid
from lianfang.people.checkins.models import ChatName
from lianfang.people.checkins.rules.chat.likeness import folded
from lianfang.people.register.models import Person

LONGEST = 40
FORGOTTEN = msgid("This name is forgotten already.")


class Nickname:
    """A name on its way through the door; the trail repeats nothing of it."""

    __slots__ = ("said",)

    def __init__(self, said: str) -> None:
        """Take the name as it is compared."""
        self.said = folded(said)[:LONGEST]


@act("chat_names.remember", also=("unit",))
def remember_name(actor: Actor, person: Person, unit: Unit, name: Nickname) -> ChatName:
    """Remember for a unit whom a name in its chat group means; what it meant before ends."""
    now = clock.now()
    held = ChatName.objects.select_for_update().filter(unit=unit, said=name.said, valid_to=None)
    before = held.first()
    if before is not None and before.person_id == person.pk:
        return before
    held.update(valid_to=now)
    return ChatName.objects.create(
        unit=unit,
        person=person,
        said=name.said,
        valid_from=now,
        recorded_at=now,
        by=actor.who,
        via=actor.via,
    )


@act("chat_names.forget")
def forget_name(actor: Actor, name: ChatName) -> ChatName:
    """Forget whom a name means; the next time it is asked again."""
    if name.valid_to is not None:
        raise Conflict(FORGOTTEN)
    name.valid_to = clock.now()
    name.save(update_fields=["valid_to"])
    return name
