"""What the rules of a policy pack say of people, for one person and a million by one path."""

from lianfang.people.screening.rules.language import BadRule, Types
from lianfang.people.screening.rules.screen import (
    MISSING,
    Found,
    Rule,
    Screen,
    compiled,
    rule,
)
from lianfang.people.screening.rules.standing import (
    GAPS,
    Standing,
    reason_words,
    rules_of,
    unknown,
)
from lianfang.people.screening.rules.words import CAUTION, WORDS, Status, caution

__all__ = [
    "CAUTION",
    "GAPS",
    "MISSING",
    "WORDS",
    "BadRule",
    "Found",
    "Rule",
    "Screen",
    "Standing",
    "Status",
    "Types",
    "caution",
    "compiled",
    "reason_words",
    "rule",
    "rules_of",
    "unknown",
]
