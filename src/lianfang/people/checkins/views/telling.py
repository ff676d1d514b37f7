"""What is copied out to the chat group: names of who lacks, and counts; never what somebody has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from lianfang.ground.web.words import short_day
from lianfang.people.checkins.queries import Counts


@dataclass(frozen=True, slots=True)
class Copy:
    """A text for the group, with its parts for the picture."""

    title: str
    unit: str
    day: str
    body: str

    @property
    def text(self) -> str:
        """Return the text as it is pasted."""
        return "\n".join((f"{self.title} · {self.unit} · {self.day}", self.body))


def absent(unit: object, day: date, names: Sequence[str]) -> Copy:
    """Return who has told nothing yet, to be asked in the group by name."""
    title = _("Not checked in yet")
    when = short_day(day)
    if not names:
        return Copy(title, str(unit), when, _("Everybody has checked in today"))
    asked = ngettext(
        "%(n)d person, answer in this chat or by your own link:",
        "%(n)d people, answer in this chat or by your own link:",
        len(names),
    ) % {"n": len(names)}
    return Copy(title, str(unit), when, f"{asked}\n{pgettext('list', ', ').join(names)}")


def results(unit: object, day: date, counts: Counts) -> Copy:
    """Return how many have checked in and how many are to be measured again; nobody by name."""
    told = [
        _("%(done)d of %(all)d have checked in") % {"done": counts.done, "all": counts.everybody},
        _("not yet: %(n)d") % {"n": counts.missing},
        _("to be measured again: %(n)d") % {"n": counts.again},
    ]
    if counts.unreached:
        told.append(_("looked for and not reached: %(n)d") % {"n": counts.unreached})
    return Copy(_("Check-ins of today"), str(unit), short_day(day), "\n".join(told))
