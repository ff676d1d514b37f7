"""The signs of the house (`{% load lf %}`): icon, ring, glyph, delta, fact, countdown, field."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypedDict

from django import template
from django.forms import BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django_vite.core.asset_loader import DjangoViteAssetLoader

from lianfang.ground.web.words import (
    Number,
    clocktime,
    counted,
    distance,
    left,
    long_day,
    lunar_day,
    short_day,
    stamp,
    weekday,
)
from lianfang.kernel import clock, masks
from lianfang.kernel.texts import msgid

register = template.Library()

SPRITE = "made/icons.svg"
QUARTERS = {"assigned": 1, "returned": 2, "acknowledged": 2, "done": 3, "verified": 4}
STAGES = {
    "assigned": msgid("assigned"),
    "acknowledged": msgid("acknowledged"),
    "done": msgid("reported done"),
    "verified": msgid("verified"),
    "returned": msgid("returned"),
    "waived": msgid("waived"),
}
TURNS = (-81, 9, 99, 189)
MASKS = {
    "document": masks.document,
    "phone": masks.phone,
    "name": masks.name,
    "text": masks.text,
}
PLACES = {"drawer": "#lf-drawer-mount", "pop": "#lf-pop"}


class Ring(TypedDict):
    """What `_ring.html` prints."""

    kind: str
    size: str
    label: str
    arcs: list[tuple[int, bool]]


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """Draw an icon of the sprite; sizes s, l."""
    url = DjangoViteAssetLoader.instance().generate_vite_asset_url(SPRITE)
    return format_html(
        '<svg class="lf-icon{}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        f" lf-icon-{size}" if size else "",
        url,
        name,
    )


def _part(name: str, told: Mapping[str, object]) -> SafeString:
    """Print a part with no space around it: a sign stands within a line."""
    return SafeString(render_to_string(f"web/_{name}.html", dict(told)).strip())


@register.simple_tag
def ring(state: str, *, late: bool = False, size: str = "") -> SafeString:
    """Draw how far a loop has come: one quarter each for assigned, acknowledged, done, verified."""
    reached = QUARTERS.get(state, 0)
    kind = "closed" if state == "verified" else state if state in {"returned", "waived"} else ""
    told: Ring = {
        "kind": kind or ("late" if late else ""),
        "size": size,
        "label": gettext(STAGES.get(state, state)),
        "arcs": [(turn, index < reached) for index, turn in enumerate(TURNS)],
    }
    return _part("ring", told)


@register.simple_tag
def glyph(kind: str, size: str = "") -> SafeString:
    """Draw the shape of a status: ok, warn, bad, none; the word stands beside it."""
    return _part("glyph", {"kind": kind, "size": size})


@register.simple_tag
def status(kind: str, word: str, size: str = "") -> SafeString:
    """Draw shape and word of a status."""
    return _part("glyph", {"kind": kind, "size": size, "word": word})


@register.simple_tag
def pass_sign(kind: str) -> SafeString:
    """Draw the big shape of a pass: may_enter, check_first, not_now, unknown."""
    return _part("pass_sign", {"kind": kind})


@register.simple_tag
def delta(change: Number | None) -> SafeString:
    """Print the change since yesterday; None where there was no yesterday."""
    size = "" if change is None else counted(change if change >= 0 else -change)
    return _part("delta", {"known": change is not None, "change": change, "size": size})


class Fact(TypedDict):
    """What `_fact.html` prints."""

    text: str
    state: str
    url: str
    target: str
    label: str
    typed: bool
    was: str
    unit: str
    zero: bool


@register.simple_tag
def fact(  # noqa: PLR0913 (a number and what is known of it)
    value: Number | None,
    url: str = "",
    *,
    state: str = "number",
    source: str = "derived",
    was: Number | None = None,
    label: str = "",
    unit: str = "",
    into: str = "drawer",
    dot: bool = False,
) -> SafeString:
    """Print a number that opens to its facts; a number, unknown, not applicable, not asked."""
    missing = value is None and state == "number"
    told: Fact = {
        "text": counted(value),
        "state": "unknown" if missing else state,
        "url": url,
        "target": PLACES[into],
        "label": label,
        "typed": source == "typed",
        "was": counted(was),
        "unit": unit,
        "zero": dot and value == 0,
    }
    return _part("fact", told)


@register.simple_tag
def countdown(until: datetime, css: str = "lf-left") -> SafeString:
    """Count down to an instant; the page's script moves it, and says when it has passed."""
    return format_html(
        '<time class="{}" data-until="{}" data-late="{}">{}</time>',
        css,
        until.isoformat(),
        gettext("{n} min late"),
        localtime(until).strftime("%H:%M"),
    )


@register.simple_tag
def server_now() -> str:
    """Return the time of the matter as the scripts read it."""
    return clock.now().isoformat()


@register.inclusion_tag("web/_field.html")
def field(bound: BoundField, hint: str | None = None) -> dict[str, object]:
    """Print a form's field: label, input, what is wrong with it, hint."""
    single = bound.widget_type == "checkbox"
    return {"field": bound, "hint": bound.help_text if hint is None else hint, "single": single}


@register.simple_block_tag(takes_context=True)
def keep(context: Context, content: str, name: str) -> str:
    """Print something once more later: `{% keep "heading" %}…{% endkeep %}`, `{{ heading }}`."""
    context[name] = content.strip()
    return content.strip()


@register.filter
def mask(value: object, kind: str = "text") -> str:
    """Show of a person's data what may stand on a screen: document, phone, name, text."""
    return MASKS[kind](str(value)) if value else ""


for word in (counted, clocktime, stamp, short_day, long_day, weekday, lunar_day, distance, left):
    register.filter(word.__name__, word)
