"""The language of a rule's `when`: comparisons over named person-facts, and nothing else."""

import re
from collections.abc import Iterator, Mapping

import polars as pl

from lianfang.kernel.refusals import BadInput
from lianfang.kernel.texts import msgid

#: The person-facts that a rule may speak of, by name.
Types = Mapping[str, pl.DataType]
EXAMPLES: Mapping[type[pl.DataType], object] = {
    pl.Boolean: True,
    pl.Int64: 1,
    pl.Float64: 36.5,
    pl.String: "a",
}
KEYWORDS = frozenset({"and", "or", "not", "is", "null", "in", "between", "true", "false"})
TOKEN = re.compile(
    r"\s*(?:(?P<text>'[^']*')|(?P<number>\d+(?:\.\d+)?)|(?P<word>[A-Za-z_]\w*)"
    r"|(?P<sign><=|>=|<>|!=|[=<>(),+\-*/]))"
)

NOT_A_SENTENCE = msgid("Rule %(rule)s cannot be read: %(problem)s")
NO_SUCH_FACT = msgid("Rule %(rule)s speaks of %(name)s, which is not a known person-fact.")
NOT_ALLOWED_HERE = msgid(
    "Rule %(rule)s may compare person-facts and nothing else; take out %(name)s."
)
NO_YES_OR_NO = msgid("Rule %(rule)s is neither true nor false; compare it with something.")


class BadRule(BadInput):
    """A rule of a policy pack cannot be used as it stands."""


def read(code: str, when: str, facts: Types) -> pl.Expr:
    """Read one rule's `when` into an expression, or say what is wrong with which rule."""
    for name in _words(code, when):
        if name not in facts:
            raise BadRule(NO_SUCH_FACT, "when", rule=code, name=name)
    try:
        found = pl.sql_expr(when)
        kind = _examples(facts).select(found.alias("holds")).schema["holds"]
    except pl.exceptions.PolarsError as wrong:
        raise BadRule(NOT_A_SENTENCE, "when", rule=code, problem=str(wrong)) from wrong
    if kind != pl.Boolean:
        raise BadRule(NO_YES_OR_NO, "when", rule=code)
    return found


def _words(code: str, when: str) -> Iterator[str]:
    """Return the names in a `when`; refuse functions, subqueries, casts and whatever else."""
    at, names = 0, []
    while when[at:].strip():
        found = TOKEN.match(when, at)
        if found is None:
            raise BadRule(NOT_ALLOWED_HERE, "when", rule=code, name=when[at:].split(maxsplit=1)[0])
        word, at = found["word"], found.end()
        if word and word.lower() not in KEYWORDS:
            names.append(word)
            if when[at:].lstrip().startswith("("):
                raise BadRule(NOT_ALLOWED_HERE, "when", rule=code, name=f"{word}()")
    yield from names


def _examples(facts: Types) -> pl.DataFrame:
    """Return one person of whom all is known and one of whom nothing is."""
    rows = {name: [EXAMPLES[type(kind)], None] for name, kind in facts.items()}
    return pl.DataFrame(rows, schema=dict(facts))
