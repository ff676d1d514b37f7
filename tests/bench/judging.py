"""The rules of the pack applied to everybody, beside the bare expressions of Polars."""

import time
from collections.abc import Mapping, Sequence
from statistics import median

import polars as pl

from lianfang.kernel import clock
from lianfang.people.register.models import Person
from lianfang.people.screening import facts
from lianfang.people.screening.inforce import packs_of
from lianfang.people.screening.judging import evaluate, facts_of
from lianfang.people.screening.rules import rules_of
from lianfang.people.screening.rules.language import read

TIMES = 3
PART = 20_000


def measure(wanted: str) -> Mapping[str, float]:
    """Judge so many people both ways and tell the seconds; their facts are loaded before."""
    now = clock.now()
    people = list(Person.objects.select_related("unit", "site").order_by("pk")[: int(wanted)])
    packs = packs_of({person.unit for person in people}, now)
    known: dict[str, list[object]] = {name: [] for name in facts.types()}
    for start in range(0, len(people), PART):
        for name, column in facts_of(people[start : start + PART], now, packs).items():
            known[name] += column
    pack = next(each for each in packs.values() if each is not None)
    rules, _otherwise = rules_of(pack)
    holds = [read(each.code, each.when, facts.types()).alias(each.code) for each in rules]
    names = sorted({name for each in holds for name in each.meta.root_names()})
    schema = {name: facts.types()[name] for name in names}
    own, bare, alone = [], [], []
    for _ in range(TIMES):
        began = time.perf_counter()
        evaluate(people, now, packs, known)
        own.append(time.perf_counter() - began)
        bare.append(_bare(known, names, schema, holds))
        alone.append(_alone(pl.DataFrame({n: known[n] for n in names}, schema=schema), holds))
    return {
        "own": median(own),
        "bare": median(bare),
        "alone": median(alone),
        "people": len(people),
        "rules": len(rules),
    }


def _bare(
    known: Mapping[str, Sequence[object]],
    names: Sequence[str],
    schema: Mapping[str, pl.DataType],
    holds: Sequence[pl.Expr],
) -> float:
    """From the same columns to an answer of each rule for each person, and nothing else."""
    began = time.perf_counter()
    frame = pl.DataFrame({name: known[name] for name in names}, schema=dict(schema))
    frame.select(holds).rows()
    return time.perf_counter() - began


def _alone(frame: pl.DataFrame, holds: Sequence[pl.Expr]) -> float:
    began = time.perf_counter()
    frame.select(holds)
    return time.perf_counter() - began
