"""Which weak points somebody was asked to mend, and how each is called."""

from collections.abc import Collection, Mapping

from django.utils.translation import get_language, gettext, pgettext

from lianfang.ground.command.rules.gaps import LACK, LACK_WORDS, TO_DO, Asked, Gap, Lack
from lianfang.ground.command.rules.seats import SEAT, SEAT_WORDS
from lianfang.ground.loops import queries as loops
from lianfang.ground.loops.models import Loop
from lianfang.ground.loops.queries.standing import UNCLOSED
from lianfang.ground.notices.rules import Sentence
from lianfang.ground.orgs.models import Unit
from lianfang.ground.web.words import short_day
from lianfang.kernel.actor import Actor

KIND = "command.gap"


def seat_word(seat: str) -> str:
    """Return how a seat is called."""
    return pgettext(SEAT, SEAT_WORDS[seat])


def lack_word(lack: str) -> str:
    """Return how a sort of weak point is called."""
    return pgettext(LACK, LACK_WORDS[lack])


def line_word(asked: Asked, code: str) -> str:
    """Return how a line of work is called; one that is gone goes by its code."""
    found = next((line for line in asked.lines if line.code == code), None)
    if found is None:
        return code
    return found.zh if (get_language() or "").startswith("zh") else found.en


def said(gap: Gap, asked: Asked) -> str:
    """Return a weak point in a few words, with what tells it from others of its sort."""
    word = lack_word(gap.lack)
    detail = {
        Lack.ENDED: lambda: _left(gap),
        Lack.ACCOUNT: lambda: f"{seat_word(gap.seat)} {gap.name}",
        Lack.LINE: lambda: line_word(asked, gap.subject),
        Lack.LETTER: lambda: gettext("version %(n)d") % {"n": gap.version},
    }.get(gap.lack)
    return f"{word}{pgettext('label', ': ')}{detail()}" if detail else word


def title(gap: Gap, unit: Unit, asked: Asked) -> Sentence:
    """Return what is asked about a weak point; it is kept in words that can be translated."""
    params: dict[str, object] = {}
    if gap.lack is Lack.LINE:
        line = next((each for each in asked.lines if each.code == gap.subject), None)
        params["line"] = line.zh if line else gap.subject
    if gap.lack in {Lack.ENDED, Lack.ACCOUNT}:
        params = {"seat": Sentence(SEAT_WORDS[gap.seat], context=SEAT), "name": gap.name}
    if gap.lack is Lack.ENDED:
        params["until"] = gap.until.isoformat() if gap.until else ""
    if gap.lack is Lack.LETTER:
        params["version"] = str(gap.version)
    if gap.lack is Lack.LIAISON:
        params["unit"] = str(unit)
    return Sentence(TO_DO[gap.lack], params)


def prefix(unit: Unit, gap: Gap) -> str:
    """Return what the keys of all loops about a weak point begin with."""
    return f"{unit.code}:{gap.key}:"


def asked_for(actor: Actor, units: Collection[Unit]) -> Mapping[str, Loop]:
    """Return the open loops about weak points of these units, by what their keys begin with."""
    keys = [unit.pk for unit in units]
    rows = loops.loops(actor).filter(UNCLOSED, kind=KIND, subject__in=keys)
    return {row.key.rpartition(":")[0] + ":": row for row in rows}


def _left(gap: Gap) -> str:
    until = short_day(gap.until) if gap.until else ""
    told = {"seat": seat_word(gap.seat), "name": gap.name, "day": until}
    return gettext("%(seat)s %(name)s until %(day)s") % told
