"""The page of today's questions, laid out: each row with its answer, each outcome with its case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, gettext, pgettext

from lianfang.people.checkins.forms import FillForm
from lianfang.people.checkins.queries import AskPage, Outcome, Row
from lianfang.people.checkins.queries.pages import NO, NONE, YES
from lianfang.people.checkins.rules.regions import called
from lianfang.people.register.rules.names import place_name
from lianfang.people.screening.rules import Status, caution

ICONS: Mapping[str, str] = {
    "in_town": "map-pin",
    "symptoms": "stethoscope",
    "household_symptoms": "home",
    "contact_risk_area": "users",
    "contact_case": "alert-circle",
}


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose."""

    value: str
    label: str
    chosen: bool
    none: bool = False


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A question with its answers and what is wrong with the one that was sent."""

    row: Row
    icon: str
    answer: str
    options: tuple[Option, ...]
    errors: Sequence[str]
    province: str
    region: str
    region_name: str

    @property
    def is_open(self) -> bool:
        """Tell whether the answers stand open: asked anew, or wrong."""
        return bool(self.row.anew or self.errors)

    @property
    def is_answered(self) -> bool:
        """Tell whether an answer is chosen."""
        return any(option.chosen for option in self.options)


@dataclass(frozen=True, slots=True)
class Tell:
    """What would happen in a case, and which answers make the case; none of them: in any case."""

    when: str
    label: str
    outcome: Outcome


def rows(page: AskPage, form: FillForm) -> list[ShownRow]:
    """Lay out the questions of a page."""
    return [_row(page, form, row) for row in page.rows]


def tells(page: AskPage) -> list[Tell]:
    """Lay out where answers would lead: every case that would keep somebody at the gate."""
    found = [Tell("", gettext("As things stand"), page.outcomes["normal"]), *_cases(page)]
    return [each for each in found if _keeps(each.outcome.status)]


def whens(told: Sequence[Tell]) -> str:
    """Return every answer that makes one of the cases."""
    return "|".join(each.when for each in told if each.when)


def _keeps(status: Status) -> bool:
    return caution(status) < caution(Status.MAY_ENTER)


def _row(page: AskPage, form: FillForm, row: Row) -> ShownRow:
    chosen = form.chosen(row)
    options = _options(page, row, chosen)
    region = str(form.data.get("region", "")) if form.is_bound else row.region
    province = str(form.data.get("province", "")) if form.is_bound else _province(row.region)
    away = NO in chosen and row.code == "in_town"
    place = place_name(region or province) if away and (region or province) else ""
    return ShownRow(
        row=row,
        icon=ICONS.get(row.code, "info-circle"),
        answer=_answer(options, place),
        options=options,
        errors=_errors(form, row.code),
        province=province,
        region=region,
        region_name=called(region) if region else "",
    )


def _errors(form: FillForm, code: str) -> list[str]:
    fields = (code, "region") if code == "in_town" else (code,)
    return [str(error) for field in fields for error in form.errors.get(field, ())]


def _options(page: AskPage, row: Row, chosen: Sequence[str]) -> tuple[Option, ...]:
    if row.kind == "bool":
        yes, no = _yes_no(page, row.code)
        pair = ((NO, no), (YES, yes)) if row.code != "in_town" else ((YES, yes), (NO, no))
        return tuple(Option(value, label, value in chosen) for value, label in pair)
    nothing = Option(NONE, gettext("Nothing wrong"), NONE in chosen, none=True)
    language = get_language() or ""
    return (
        nothing,
        *(
            Option(each.code, each.words.say(language), each.code in chosen)
            for each in page.symptoms
        ),
    )


def _yes_no(page: AskPage, code: str) -> tuple[str, str]:
    if code == "in_town":
        home = page.home or gettext("in town")
        return home, gettext("Elsewhere")
    return pgettext("answer", "Yes"), pgettext("answer", "No")


def _answer(options: Sequence[Option], place: str) -> str:
    chosen = [option.label for option in options if option.chosen]
    if not chosen:
        return gettext("Not answered yet")
    return place or pgettext("list", ", ").join(chosen)


def _province(region: str) -> str:
    return f"{region[:2]}0000" if region else ""


def _cases(page: AskPage) -> list[Tell]:
    limits, outcomes = page.limits, page.outcomes
    warm = [key for key in page.pad.keys if key > limits.recheck_above]
    degrees = (
        {}
        if not limits.measured
        else {
            "none": ("temperature=none", gettext("No reading")),
            "low": ("temperature=low", gettext("Under %(t)s °C") % {"t": limits.invalid_below}),
            "warm": (
                "|".join(f"temperature={key}" for key in warm),
                gettext("Above %(t)s °C") % {"t": limits.recheck_above},
            ),
            "high": ("temperature=high", gettext("%(t)s °C or more") % {"t": limits.fever_from}),
        }
    )
    found = [Tell(when, label, outcomes[case]) for case, (when, label) in degrees.items() if when]
    return [*found, *(_told_by(page, row) for row in page.rows if row.outcome)]


def _told_by(page: AskPage, row: Row) -> Tell:
    outcome = row.outcome or page.outcomes["normal"]
    if row.kind == "symptoms":
        when = "|".join(f"symptoms={code}" for code in sorted(page.main_symptoms))
        return Tell(when, gettext("With such a symptom"), outcome)
    yes, no = _yes_no(page, row.code)
    if row.code == "in_town":
        return Tell(f"{row.code}={NO}", no, Outcome(outcome.status, ()))  # its reason is the label
    language = get_language() or ""
    label = gettext("%(question)s %(answer)s")
    return Tell(
        f"{row.code}={YES}",
        label % {"question": row.words.say(language), "answer": yes},
        outcome,
    )
