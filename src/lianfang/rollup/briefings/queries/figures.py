"""The figures that a briefing may quote: those of an issued daily situation, frozen."""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext, override

from lianfang.kernel.actor import Actor
from lianfang.rollup.briefings.rules.quotes import Quote, Source
from lianfang.rollup.reports import queries as reports
from lianfang.rollup.reports.models import Bulletin
from lianfang.rollup.reports.rules.speech import known, spoken


def current_source(actor: Actor) -> Bulletin | None:
    """Return the newest issued daily situation, from which a text quotes."""
    issued = reports.bulletins(actor).filter(released_at__isnull=False)
    return issued.order_by("day", "version").last()


def quotable(actor: Actor) -> tuple[Sequence[Quote], Source | None]:
    """Return all figures that a text may quote now, and where they stand."""
    found = current_source(actor)
    return quoted_from(actor, found) if found else ((), None)


def quoted_from(actor: Actor, found: Bulletin) -> tuple[Sequence[Quote], Source]:
    """Return the known figures of a daily situation, by labels that are theirs alone."""
    content = reports.bulletin_content(actor, found)
    with override("zh-hans"):
        told = [(line, gettext(line.figure.label)) for line in content.lines if known(line)]
    labels = Counter(label for _, label in told)
    quotes = [
        Quote(
            line.figure.code,
            label if labels[label] == 1 else f"{label}（{line.figure.code}）",
            spoken(line.today.value),
        )
        for line, label in told
    ]
    return quotes, Source(found.day, content.number, found.version, content.as_of)
