"""The words of check-ins: what a reading means, and how somebody was looked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from lianfang.kernel.texts import msgid


class Verdict(StrEnum):
    """What a temperature means by the values of the pack."""

    NORMAL = "normal"
    RECHECK = "recheck"
    FEVER = "fever"
    INVALID = "invalid"


class Channel(StrEnum):
    """How somebody was looked for."""

    PHONE = "phone"
    CHAT = "chat"
    VISIT = "visit"
    NEIGHBOUR = "neighbour"


class Outcome(StrEnum):
    """What came of looking for somebody."""

    NO_ANSWER = "no_answer"
    SWITCHED_OFF = "switched_off"
    WRONG_NUMBER = "wrong_number"
    NOBODY_THERE = "nobody_there"
    WILL_ANSWER = "will_answer"


class NextStep(StrEnum):
    """What is done next to reach him."""

    CALL_AGAIN = "call_again"
    ASK_FAMILY = "ask_family"
    ASK_COLLEAGUE = "ask_colleague"
    GO_THERE = "go_there"
    TELL_PRINCIPAL = "tell_principal"


@dataclass(frozen=True, slots=True)
class Tried:
    """How somebody was looked for, what came of it and what is done next."""

    channel: Channel
    outcome: Outcome
    next_step: NextStep


VERDICT_WORDS: Mapping[Verdict, str] = {
    Verdict.NORMAL: msgid("Normal reading"),
    Verdict.RECHECK: msgid("Measure again"),
    Verdict.FEVER: msgid("Fever reading"),
    Verdict.INVALID: msgid("No valid reading"),
}
CHANNEL_WORDS: Mapping[Channel, str] = {
    Channel.PHONE: msgid("By phone"),
    Channel.CHAT: msgid("In the chat"),
    Channel.VISIT: msgid("Went there"),
    Channel.NEIGHBOUR: msgid("Through a neighbour or colleague"),
}
OUTCOME_WORDS: Mapping[Outcome, str] = {
    Outcome.NO_ANSWER: msgid("No answer"),
    Outcome.SWITCHED_OFF: msgid("Phone switched off"),
    Outcome.WRONG_NUMBER: msgid("Wrong number"),
    Outcome.NOBODY_THERE: msgid("Nobody there"),
    Outcome.WILL_ANSWER: msgid("Will answer later"),
}
NEXT_WORDS: Mapping[NextStep, str] = {
    NextStep.CALL_AGAIN: msgid("Call again"),
    NextStep.ASK_FAMILY: msgid("Ask the family"),
    NextStep.ASK_COLLEAGUE: msgid("Ask a colleague"),
    NextStep.GO_THERE: msgid("Go there"),
    NextStep.TELL_PRINCIPAL: msgid("Tell the principal"),
}
