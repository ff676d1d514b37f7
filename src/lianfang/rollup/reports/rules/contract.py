"""The bulletin as it is stored and handed to other programs, and read back as it was frozen."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from lianfang.ground.figures.rules import (
    Figure,
    Kind,
    Number,
    Override,
    Source,
    State,
    Value,
    plain,
)
from lianfang.ground.signing.rules import Hand
from lianfang.rollup.reports.rules.bulletin import Content, Erratum, Line, Moved, UnitReport
from lianfang.rollup.reports.rules.states import ReportState

Json = dict[str, Any]


def freeze(content: Content) -> Json:
    """Write a bulletin so that it can be read back to the last value."""
    return {
        "group": content.group,
        "group_name": content.group_name,
        "day": content.day.isoformat(),
        "number": content.number,
        "as_of": content.as_of.isoformat(),
        "units": [_unit(unit) for unit in content.units],
        "missing": list(content.missing),
        "figures": [_figure(line) for line in content.lines],
        "errata": [_erratum(each) for each in content.errata],
    }


def digest_of(frozen: Json, remark: str) -> str:
    """Name a frozen bulletin's text; number and signatures are no part of it."""
    told = {key: value for key, value in frozen.items() if key not in {"number", "signatures"}}
    written = json.dumps([told, remark], ensure_ascii=False, sort_keys=True)
    return sha256(written.encode()).hexdigest()


def thaw(told: Mapping[str, Any], remark: str = "") -> Content:
    """Read a frozen bulletin."""
    return Content(
        group=told["group"],
        group_name=told["group_name"],
        day=date.fromisoformat(told["day"]),
        number=told["number"],
        as_of=datetime.fromisoformat(told["as_of"]),
        units=[_read_unit(unit) for unit in told["units"]],
        lines=[_read_line(line) for line in told["figures"]],
        remark=remark,
        missing=told["missing"],
        signatures=tuple(Hand.read(hand) for hand in told.get("signatures", ())),
        errata=[_read_erratum(each) for each in told.get("errata", ())],
    )


def by_unit(content: Content) -> Json:
    """Return the plain values of every unit, as the bulletin counts them."""
    return {
        unit.code: {code: plain(value.value) for code, value in unit.values.items()}
        for unit in content.units
    }


def _erratum(told: Erratum) -> Sequence[Any]:
    at = told.at.isoformat() if told.at else None
    was, now = _written(told.was), _written(told.now)
    return [told.code, told.label, was, now, told.number, told.reason, told.by, at]


def _read_erratum(told: Sequence[Any]) -> Erratum:
    code, label, was, now, *more = told
    found = Erratum(code, label, _read_number(was), _read_number(now))
    if not more:  # frozen before corrections were numbered
        return found
    number, reason, by, at = more
    when = datetime.fromisoformat(at) if at else None
    return replace(found, number=number, reason=reason, by=by, at=when)


def _unit(unit: UnitReport) -> Json:
    return {
        "code": unit.code,
        "name": unit.name,
        "sector": unit.sector,
        "state": unit.state.value,
        "version": unit.version,
        "submitted_at": unit.submitted_at.isoformat() if unit.submitted_at else None,
        "late": unit.late,
        "stale": unit.stale,
        "owes": unit.owes,
        "nested": unit.nested,
        "new_issues": unit.new_issues,
        "help_needed": unit.help_needed,
        "values": {code: _value(value) for code, value in unit.values.items()},
        "previous": {code: _value(value) for code, value in unit.previous.items()},
    }


def _read_unit(told: Mapping[str, Any]) -> UnitReport:
    sent = told["submitted_at"]
    return UnitReport(
        code=told["code"],
        name=told["name"],
        sector=told["sector"],
        state=ReportState(told["state"]),
        version=told["version"],
        submitted_at=datetime.fromisoformat(sent) if sent else None,
        late=told["late"],
        values={code: _read_value(value) for code, value in told["values"].items()},
        previous={code: _read_value(value) for code, value in told["previous"].items()},
        stale=told["stale"],
        owes=told["owes"],
        nested=told.get("nested", False),
        new_issues=told["new_issues"],
        help_needed=told["help_needed"],
    )


def _figure(line: Line) -> Json:
    figure = line.figure
    return {
        "code": figure.code,
        "label": figure.label,
        "definition": figure.definition,
        "unit_of_measure": figure.unit_of_measure,
        "additive": figure.additive,
        "section": figure.section,
        "order": figure.order,
        "family": figure.family,
        "kind": figure.kind.value,
        "today": _value(line.today),
        "yesterday": _value(line.yesterday),
        "moved": [_move(move) for move in line.moved],
        "fresh": [_move(move) for move in line.fresh],
    }


def _read_line(told: Mapping[str, Any]) -> Line:
    figure = Figure(
        code=told["code"],
        label=told["label"],
        definition=told["definition"],
        unit_of_measure=told["unit_of_measure"],
        additive=told["additive"],
        section=told["section"],
        order=told["order"],
        family=told["family"],
        kind=Kind(told["kind"]),
    )
    today, yesterday = _read_value(told["today"]), _read_value(told["yesterday"])
    return Line(figure, today, yesterday, _moves(told["moved"]), _moves(told.get("fresh", ())))


def _move(move: Moved) -> Sequence[str]:
    return [move.code, move.name, str(move.by)]


def _moves(told: Sequence[Sequence[str]]) -> Sequence[Moved]:
    return [Moved(code, name, _read_number(by) or 0) for code, name, by in told]


def _value(value: Value) -> Json:
    found: Json = {
        "value": _written(value.value),
        "state": value.state.value,
        "source": value.source.value,
    }
    if value.derived is not None and value.derived != value.value:
        found["derived"] = str(value.derived)
    if value.text:
        found["text"] = value.text
    if value.missing:
        found["missing"] = value.missing
    if value.override is not None:
        told = value.override
        found["override"] = [told.reason, told.by, told.at.isoformat()]
    return found


def _read_value(told: Mapping[str, Any]) -> Value:
    value = _read_number(told["value"])
    derived = _read_number(told["derived"]) if "derived" in told else None
    found = Value(
        value,
        State(told["state"]),
        Source(told["source"]),
        derived,
        text=told.get("text", ""),
        missing=told.get("missing", 0),
    )
    if found.derived is None and found.source is Source.DERIVED:
        found = replace(found, derived=value)
    if "override" in told:
        reason, by, at = told["override"]
        found = replace(found, override=Override(value, reason, by, datetime.fromisoformat(at)))
    return found


def _written(value: Number | None) -> str | None:
    return None if value is None else str(value)


def _read_number(text: str | None) -> Number | None:
    if text is None:
        return None
    value = Decimal(text)
    return value if "." in text else int(value)
