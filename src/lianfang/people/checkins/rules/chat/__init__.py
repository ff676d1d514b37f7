"""A 接龙 of the chat group, read: who says what of himself, and what has to be asked first."""

from lianfang.people.checkins.rules.chat.answers import Answers, Told, ways_to_read
from lianfang.people.checkins.rules.chat.header import header
from lianfang.people.checkins.rules.chat.likeness import Known, Match, Roster, Sort
from lianfang.people.checkins.rules.chat.lines import Chain, Entry, is_other_day, read
from lianfang.people.checkins.rules.chat.settling import (
    NEW,
    NEW_ON_SITE,
    NEW_STAFF,
    OUTSIDE,
    PERSON,
    SKIP,
    Already,
    Line,
    Settled,
    State,
    settle,
)
from lianfang.people.checkins.rules.chat.words import Vocabulary

__all__ = [
    "NEW",
    "NEW_ON_SITE",
    "NEW_STAFF",
    "OUTSIDE",
    "PERSON",
    "SKIP",
    "Already",
    "Answers",
    "Chain",
    "Entry",
    "Known",
    "Line",
    "Match",
    "Roster",
    "Settled",
    "Sort",
    "State",
    "Told",
    "Vocabulary",
    "header",
    "is_other_day",
    "read",
    "settle",
    "ways_to_read",
]
