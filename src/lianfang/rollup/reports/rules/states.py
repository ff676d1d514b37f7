"""In which state a daily report is, and whether it came in time."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lianfang.kernel.texts import msgid_in


class ReportState(StrEnum):
    """The states of a report: whoever accepts it is not the one who sent it."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"


#: What screens call the states; the context keeps them apart from other drafts and returns.
STATE_WORDS = {
    ReportState.DRAFT: msgid_in("report", "draft"),
    ReportState.SUBMITTED: msgid_in("report", "submitted"),
    ReportState.ACCEPTED: msgid_in("report", "accepted"),
    ReportState.RETURNED: msgid_in("report", "returned"),
}


class Signing(StrEnum):
    """Who signs a unit's report (填报人, 审核人, 负责人)."""

    FILLER = "filler"
    REVIEWER = "reviewer"
    PRINCIPAL = "principal"


class Situation(StrEnum):
    """Who signs the group's daily situation (拟稿, 核稿, 审签, 签发)."""

    DRAFTED = "drafted"
    CHECKED = "checked"
    ENDORSED = "endorsed"
    RELEASED = "released"


#: The routes that a unit's report and the group's daily situation take.
DAILY_REPORT, DAILY_SITUATION = "daily_report", "daily_situation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A name under a report: whose, for whom, written down by whom; whether it still holds."""

    part: str
    name: str
    at: datetime
    stead: str = ""
    recorder: str = ""
    heard: str = ""
    valid: bool = True
    who: str = ""


@dataclass(frozen=True, slots=True)
class Times:
    """The times from which the state of one version follows."""

    submitted_at: datetime | None = None
    accepted_at: datetime | None = None
    returned_at: datetime | None = None


def report_state(times: Times | None) -> ReportState:
    """Return the state of the newest version of a unit's report; none yet is a draft."""
    if times is None or times.submitted_at is None:
        return ReportState.DRAFT
    if times.accepted_at is not None:
        return ReportState.ACCEPTED
    return ReportState.RETURNED if times.returned_at is not None else ReportState.SUBMITTED


def counts(state: ReportState) -> bool:
    """Tell whether the bulletin takes a report's values: it came in and was not sent back."""
    return state in {ReportState.SUBMITTED, ReportState.ACCEPTED}


def is_late(due: datetime, submitted_at: datetime | None, now: datetime) -> bool:
    """Tell whether a report came after its time, or is still out when the time has passed."""
    return (submitted_at or now) > due
