"""What the pages of a draft show: each value old and new, what is wrong, and what would happen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext

from lianfang.ground.response import forms, queries, services, shipped, watchers
from lianfang.ground.response.rules import BadPack, Leaf, Pack, Words, difference
from lianfang.ground.response.rules.drafting import (
    DIRECTION_WORDS,
    Direction,
    Drafted,
    DraftKind,
    Examined,
    Line,
    before,
    direction,
    leaf_of,
)
from lianfang.ground.response.rules.showing import Shown, show, written
from lianfang.ground.web.requests import ActorRequest, sentence
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput

MOST_FOUND = 40


@dataclass(frozen=True, slots=True)
class LineRow:
    """A value of a draft: what it was, what it becomes, which way that is, what is wrong."""

    path: str
    label: str
    old: Shown | None
    new: Shown | None
    text: str
    direction: str
    source: str
    mark: str
    wrong: str


@dataclass(frozen=True, slots=True)
class Found:
    """A value of the pack that a search found, or one that the pack leaves open."""

    path: str
    label: str
    shown: Shown | None
    taken: bool


def overview(actor: Actor) -> dict[str, object]:
    """Return what is being written, what was settled, and the versions of the running response."""
    running = queries.current(actor)
    found = queries.versions(actor).filter(response=running)
    return {
        "drafts": queries.drafts(actor),
        "settled": queries.settled(actor),
        "versions": list(found),
    }


def first_line(actor: Actor, path: str) -> Line | None:
    """Return the line with which a draft begins: a value as it stands, to be changed."""
    if not path:
        return None
    pack = queries.pack_at(actor, clock.now())
    if not pack.has(path):
        return None
    leaf = pack.leaf(path)
    return Line(path, typed_text(leaf), "", leaf.mark.value if leaf.mark != "U" else "F")


def head_form(request: ActorRequest, row: Any, told: Drafted, number: int) -> Any:  # noqa: ANN401
    """Return the form of a draft's head, or of its file, on top of the saving that it shows."""
    if row.kind == DraftKind.FILE:
        start = {"title": told.title, "text": told.file, "number": number}
        return forms.ImportForm(request.POST or None, request.FILES or None, initial=start)
    start = {
        "title": told.title,
        "valid_from": told.valid_from[:16],
        "valid_to": told.valid_to[:16],
        "number": number,
    }
    return forms.HeadForm(row.kind, request.POST or None, initial=start)


def typed(form: Any, row: Any, told: Drafted) -> Drafted:  # noqa: ANN401
    """Return the draft with what was typed on its page."""
    if row.kind == DraftKind.FILE:
        return Drafted(title=form.cleaned_data["title"], file=form.told())
    return form.drafted(told)  # type: ignore[no-any-return]


def draft_page(actor: Actor, row: Any, form: Any) -> dict[str, object]:  # noqa: ANN401
    """Return a draft with what is wrong with it and what it would do."""
    text = queries.last_text(actor, row)
    told = queries.drafted_of(text)
    found = services.looked_at(actor, row, text)
    whole, language = queries.whole_of(actor, row), get_language() or ""
    changes = queries.changes_of(actor, row, found)
    return {
        "row": row,
        "form": form,
        "told": told,
        "lines": [_line(whole, line, found, language) for line in told.lines],
        "found": found,
        "whole_wrong": sentence(found.whole) if found.whole else "",
        "problems": [
            (each.line, sentence(each.wrong)) for each in queries.problems_of(actor, row, told)
        ],
        "changes": [
            (change, DIRECTION_WORDS[way])
            for change, way in zip(
                queries.change_rows([each for each, _ in changes], whole, language),
                [way for _, way in changes],
                strict=True,
            )
        ],
        "effects": [effect_row(each) for each in services.effects(actor, row, found)],
        "number": text.number,
        "savings": queries.savings(actor, row),
        "own": queries.is_own(actor, row),
        "others": queries.others(actor, row),
        "seen": queries.newest(actor, row),
        "behind": row.base_id != queries.newest(actor, row).pk,
    }


def value_page(request: ActorRequest, row: Any, path: str) -> dict[str, Any]:  # noqa: ANN401
    """Return the page on which one value of a draft is typed, with what is said of it live."""
    text = queries.last_text(request.actor, row)
    told, whole = queries.drafted_of(text), queries.whole_of(request.actor, row)
    pack = whole.at(clock.now())
    leaf = before(pack, shipped.known(), path)
    line = told.line(path) or Line(path, typed_text(leaf) if pack.has(path) else "")
    start = {
        "text": line.text,
        "source": line.source,
        "mark": line.mark,
        "note": line.note,
        "number": text.number,
    }
    form = forms.LineForm(leaf, (), request.POST or None, initial=start)
    typed_line = _typed_line(request, line)
    language = get_language() or ""
    return {
        "row": row,
        "told": told,
        "form": form,
        "path": path,
        "label": leaf.label.say(language) or path,
        "unit": show(leaf, language).unit,
        "old": show(leaf, language) if pack.has(path) else None,
        "leaf": leaf,
        "said": _said(pack, typed_line, language),
        "is_rules": path == "screening.rules",
        "facts": [pair for speech in watchers.SPEECHES for pair in speech.names()],
        "tried": _tried(request, pack, typed_line) if path == "screening.rules" else None,
    }


def _typed_line(request: ActorRequest, line: Line) -> Line:
    """Return a line as it is being typed, for the check that goes along; the stored one else."""
    if request.method != "POST":
        return line
    told = {name: request.POST.get(name, "") for name in ("text", "source", "mark", "note")}
    return Line(line.path, **told)


def search(actor: Actor, row: Any, words: str) -> Sequence[Found]:  # noqa: ANN401
    """Return the values whose label, path or source has these words, and those left open."""
    whole, language = queries.whole_of(actor, row), get_language() or ""
    pack, taken = whole.at(clock.now()), queries.drafted_of(queries.last_text(actor, row))
    found = [
        Found(path, told.label.say(language) or path, None, taken.line(path) is not None)
        for path, told in pack.left_open.items()
    ]
    for path, leaf in pack.leaves.items():
        label = leaf.label.say(language) or path
        if words.lower() in f"{path} {label} {leaf.source.say(language)}".lower():
            found.append(Found(path, label, show(leaf, language), taken.line(path) is not None))
    return found[:MOST_FOUND] if words else found


def tightening(actor: Actor, before: Pack, after: Pack) -> dict[str, object]:
    """Return what a stricter value would change at a unit and for whom, before it is said."""
    language = get_language() or ""
    changes = queries.change_rows(difference(before, after), after, language)
    effects = watchers.foreseen(actor, before, after, clock.now())
    return {"changes": changes, "effects": [effect_row(each) for each in effects], "looked": True}


def compared(actor: Actor, old: Any, new: Any) -> dict[str, object]:  # noqa: ANN401
    """Return two versions side by side: as they hold now, and the amendments of only one."""
    now, language = clock.now(), get_language() or ""
    first, second = queries.stored(actor, old), queries.stored(actor, new)
    changes = difference(first.at(now), second.at(now))
    fresh = [each for each in second.amendments if each not in first.amendments]
    return {
        "old": old,
        "new": new,
        "changes": queries.change_rows(changes, second, language),
        "amended": [{"title": each.title.say(language), "at": each.valid_from} for each in fresh],
    }


def effect_row(effect: watchers.Effect) -> dict[str, object]:
    """Return an effect as one sentence with the first of those it touches."""
    text = gettext(effect.sentence)
    values = {**effect.values, **{name: gettext(each) for name, each in effect.words.items()}}
    return {
        "text": text % values if values else text,
        "rows": effect.rows,
        "more": effect.more,
    }


def typed_text(leaf: Leaf) -> str:
    """Write a value as its field shows it."""
    if leaf.unit == "instant" and isinstance(leaf.value, str):
        return f"{timezone.localtime(datetime.fromisoformat(leaf.value)):%Y-%m-%dT%H:%M}"
    return written(leaf)


def _line(whole: Pack, line: Line, found: Examined, language: str) -> LineRow:
    zone, pack = timezone.get_default_timezone(), whole.at(clock.now())
    wrong = found.wrong.get(line.path)
    try:
        shape: Leaf | None = before(pack, shipped.known(), line.path)
    except BadPack:
        shape = None
    try:
        new: Leaf | None = leaf_of(pack, shipped.known(), line, zone)
    except BadPack as refused:
        new, wrong = None, wrong or refused
    old = pack.leaf(line.path) if pack.has(line.path) else None
    return LineRow(
        path=line.path,
        label=(shape.label.say(language) if shape else "") or line.path,
        old=show(old, language) if old else None,
        new=show(new, language) if new else None,
        text=line.text,
        direction=DIRECTION_WORDS[direction(old, new)] if new else "",
        source=line.source,
        mark=line.mark,
        wrong=sentence(wrong) if wrong else "",
    )


def _said(pack: Pack, line: Line, language: str) -> Mapping[str, object]:
    """Say of a value what it would be, which way that is, or what is wrong with it."""
    zone, known = timezone.get_default_timezone(), shipped.known()
    try:
        new = leaf_of(pack, known, line, zone)
    except BadPack as refused:
        return {"wrong": sentence(refused)}
    old = pack.leaf(line.path) if pack.has(line.path) else None
    way = direction(old, new)
    return {
        "old": show(old, language) if old else None,
        "new": show(new, language),
        "direction": DIRECTION_WORDS[way],
        "laxer": way is Direction.LAXER,
    }


def _words(told: Words | str) -> str:
    return told.say(get_language() or "") if isinstance(told, Words) else gettext(told)


def _tried(request: ActorRequest, pack: Pack, line: Line) -> Mapping[str, object] | None:
    """Say what the rules as they are typed tell of a made-up person, or what is wrong with them."""
    try:
        told = replace(line, source=line.source or "-")
        new = leaf_of(pack, shipped.known(), told, timezone.get_default_timezone())
        trial = replace(pack, leaves={**pack.leaves, line.path: new})
        for speech in watchers.SPEECHES:
            speech.check(trial)
            facts = {name: request.POST.get(f"fact-{name}", "") for name, _ in speech.names()}
            known = {name: each for name, each in facts.items() if each}
            said = speech.answer(trial, known)
            reasons = [_words(each) for each in said.reasons]
            return {"word": said.word, "reasons": reasons, "facts": known}
    except BadInput as refused:
        return {"wrong": sentence(refused)}
    return None
