"""The sheet of people: newcomers are entered, readings recorded, by the acts that do so singly."""

from collections.abc import Mapping, Sequence
from datetime import time
from decimal import Decimal
from uuid import UUID

from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext

from lianfang.ground.doors.inside import inside
from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs.models import Site
from lianfang.ground.orgs.rules import SiteKind
from lianfang.kernel import identities, tree
from lianfang.kernel.identities import BadValue
from lianfang.kernel.parts import parts
from lianfang.kernel.texts import msgid
from lianfang.people.checkins.models import CheckIn
from lianfang.people.checkins.rules import Reading
from lianfang.people.checkins.rules import Sheet as OnePerson
from lianfang.people.checkins.services import record
from lianfang.people.register.models import Person
from lianfang.people.register.rules.lines import PersonLine, Whereabouts
from lianfang.people.register.rules.words import DocumentKind, Employment, HowTold, Population
from lianfang.people.register.rules.words import population_of as population
from lianfang.people.register.services import enter
from lianfang.rollup.daybooks.rules import words
from lianfang.rollup.daybooks.rules.clocks import instant
from lianfang.rollup.daybooks.rules.filled import NEWCOMER, Row
from lianfang.rollup.daybooks.rules.settling import Met, Sort
from lianfang.rollup.daybooks.services.running import Run, refuse
from lianfang.rollup.reports.queries.names import names_of

SAME_NAME = msgid(
    "Somebody called so is at the unit already; if it is another one, write the document number."
)
NOT_THERE = msgid("This person is no longer at the unit; nothing is recorded of him here.")
READING_AT = {
    "temperature": words.TEMPERATURE,
    "taken_at": words.TIME,
    "method": words.METHOD,
    "symptoms": words.SYMPTOMS,
    "region": words.REGION,
}
PERSON_AT = {
    "name": words.PERSON,
    "document": words.DOCUMENT,
    "person_no": words.STAFF_NO,
    "phone": words.PHONE,
}
#: What a cell can set of a reading, beside its time and the symptoms.
TOLD_AS_IS = ("temperature", "method", "symptoms_known", "in_town", "region", "how")
Told = tuple[Row, Person, Reading]


def take_people(run: Run) -> None:
    """Enter who is new, and record what was told of everybody."""
    sheet = run.told.people
    fresh = list(run.fresh(sheet))
    newcomers = [row for row in fresh if row.key.startswith(NEWCOMER)]
    known = _enter(run, newcomers) | _known(run, fresh)
    told: list[Told] = []
    for row in fresh:
        person = known.get(row.key)
        if person is None:
            if row not in newcomers or row.key in run.entered:
                sheet.refuse(row.line, words.NUMBER, BadValue("gone", NOT_THERE))
        elif row.value(words.TEMPERATURE) is None:
            run.take(sheet, row)
        else:
            told.append((row, person, reading_of(run, row, person)))
    _record(run, told)


def _known(run: Run, rows: Sequence[Row]) -> dict[str, Person]:
    """Return the persons of rows, by number; those entered by a return before among them."""
    keys = {row.key: key for row in rows if (key := _key(run, row)) is not None}
    found = {
        person.pk: person
        for part in parts(list(keys.values()))
        for person in visible(Person, run.hand, "checkins.record")
        .filter(pk__in=part)
        .select_related("unit", "site")
    }
    return {number: found[key] for number, key in keys.items() if key in found}


def _key(run: Run, row: Row) -> UUID | None:
    told = run.entered.get(row.key)
    return UUID(told) if told else run.people.get(row.key)


def _enter(run: Run, rows: Sequence[Row]) -> dict[str, Person]:
    """Enter newcomers; one of a name that is on the sheet already needs a document."""
    sheet, market = run.told.people, _market(run)
    taken, late = set(run.names), _entered_since(run)
    ready: list[tuple[Row, PersonLine]] = []
    for row in rows:
        if row.key in run.entered:
            continue
        line = _line(run, row)
        if line is None:
            continue
        _meet_person(run, line, late.get(line.name, ()))
        if (line.name in taken or line.name in late) and not line.document:
            sheet.refuse(row.line, words.PERSON, BadValue("same_name", SAME_NAME))
            continue
        taken.add(line.name)
        ready.append((row, line))
    items = [enter.on(run.unit, line, _where(row), _site(line, market)) for row, line in ready]
    found: dict[str, Person] = {}
    for (row, _), item in zip(ready, inside(run.hand, items), strict=True):
        if item.refused is not None:
            refuse(sheet, row, item.refused, PERSON_AT)
        elif item.result is not None:
            found[row.key] = item.result
            run.entered[row.key] = str(item.result.pk)
            run.count("newcomers")
    return found


def _entered_since(run: Run) -> Mapping[str, list[Person]]:
    """Return who is at the unit and not on the workbook, by name: entered by others meanwhile."""
    path, found = run.unit.path, dict[str, list[Person]]()
    rows = visible(Person, run.hand, "people.read").filter(
        left_at=None, unit__path__gte=path, unit__path__lt=tree.after(path)
    )
    listed = {*run.people.values(), *map(UUID, run.entered.values())}
    for person in rows.only("name", "entered_at"):
        if person.pk not in listed:
            found.setdefault(person.name, []).append(person)
    return found


def _meet_person(run: Run, line: PersonLine, late: Sequence[Person]) -> None:
    """Show that somebody of a newcomer's name was entered since the workbook was given out."""
    told, new, here = run.told.filled_at, gettext("Newcomer"), gettext("At the unit already")
    for each in late:
        about, since = str(each.pk), each.entered_at
        run.met.append(Met(Sort.PERSON, about, line.name, new, told, here, since, ""))


def _line(run: Run, row: Row) -> PersonLine | None:
    """Return what is told of a newcomer, by the checks of any number that is entered."""
    sheet, today = run.told.people, run.book.day
    try:
        document = row.text(words.DOCUMENT)
        if document:
            document = identities.document(DocumentKind.IDENTITY_CARD, document, today)
    except BadValue as wrong:
        sheet.refuse(row.line, words.DOCUMENT, wrong)
        return None
    try:
        phone = row.text(words.PHONE)
        phone = identities.mobile(phone) if phone else ""
    except BadValue as wrong:
        sheet.refuse(row.line, words.PHONE, wrong)
        return None
    return PersonLine(
        name=row.text(words.PERSON),
        employment=Employment(row.text(words.KIND)),
        person_no=row.text(words.STAFF_NO),
        document=document,
        phone=phone,
    )


def _where(row: Row) -> Whereabouts:
    in_town = row.value(words.IN_TOWN)
    return Whereabouts(
        in_town=in_town if isinstance(in_town, bool) else None,
        region=row.text(words.REGION) if in_town is False else "",
        how=_how(row),
    )


def _market(run: Run) -> Site | None:
    """Return the unit's market if it has one alone: somebody on site belongs there."""
    found = visible(Site, run.hand, "people.enter").filter(kind=SiteKind.MARKET, unit=run.unit)
    markets = list(found[:2])
    return markets[0] if len(markets) == 1 else None


def _site(line: PersonLine, market: Site | None) -> Site | None:
    return market if population(line.employment) is Population.ON_SITE else None


def _how(row: Row) -> HowTold:
    told = row.value(words.HOW)
    return HowTold(str(told)) if told is not None else HowTold.FROM_FILE


def reading_of(run: Run, row: Row, person: Person) -> Reading:
    """Return what a row tells of a person today; an empty cell was not asked."""
    place = person.site or person.unit
    told = row.value(words.TIME)
    moment = told if isinstance(told, time) else _default(run)
    warm = row.value(words.TEMPERATURE)
    symptoms, in_town = row.value(words.SYMPTOMS), row.value(words.IN_TOWN)
    answers = {name: row.value(column) for name, column in words.ANSWER_NAMES.items()}
    return Reading(
        taken_at=instant(run.book.day, moment, get_default_timezone(), place.day_starts),
        temperature=warm if isinstance(warm, Decimal) else None,
        method=row.text(words.METHOD),
        symptoms=symptoms if isinstance(symptoms, tuple) else (),
        symptoms_known=isinstance(symptoms, tuple),
        in_town=in_town if isinstance(in_town, bool) else None,
        region=row.text(words.REGION) if in_town is False else "",
        how=_how(row),
        household_symptoms=_answer(answers["household_symptoms"]),
        contact_risk_area=_answer(answers["contact_risk_area"]),
        contact_case=_answer(answers["contact_case"]),
    )


def _default(run: Run) -> time:
    filler = run.told.signed.get("filler")
    return filler.at if filler is not None and filler.at is not None else time.min


def _answer(told: object) -> bool | None:
    return told if isinstance(told, bool) else None


def _record(run: Run, told: Sequence[Told]) -> None:
    """Record the readings that are not here already; both stay where one had come meanwhile."""
    sheet = run.told.people
    here = _here(run, [person.pk for _, person, _ in told])
    ready = []
    for each in told:
        row, person, reading = each
        if any(_is_same(found, reading) for found in here.get(person.pk, ())):
            run.same(sheet, row)
        else:
            ready.append(each)
    items = [record.on(person, OnePerson(reading)) for _, person, reading in ready]
    for (row, person, reading), item in zip(ready, inside(run.hand, items), strict=True):
        if item.refused is not None:
            refuse(sheet, row, item.refused, READING_AT)
            continue
        run.take(sheet, row)
        run.count("readings")
        _meet(run, person, reading, here.get(person.pk, ()))


def _here(run: Run, keys: Sequence[UUID]) -> Mapping[UUID, list[CheckIn]]:
    """Return what is recorded of people for the workbook's day."""
    found: dict[UUID, list[CheckIn]] = {}
    for part in parts(keys):
        for row in CheckIn.objects.filter(person__in=part, day=run.book.day):
            found.setdefault(row.person_id, []).append(row)
    return found


def _is_same(found: CheckIn, told: Reading) -> bool:
    return (
        found.happened_at == told.taken_at
        and tuple(found.symptoms) == told.symptoms
        and all(
            getattr(found, name) == getattr(told, name)
            for name in (*TOLD_AS_IS, *words.ANSWER_NAMES)
        )
    )


def _meet(run: Run, person: Person, told: Reading, here: Sequence[CheckIn]) -> None:
    """Show beside each other what the workbook says and what came since it was given out."""
    late = [row for row in here if row.recorded_at > run.book.as_of and row.via != run.hand.via]
    who = names_of({row.by for row in late})
    for row in late:
        by = who.get(row.by, "") or _by(row)
        met = Met(
            Sort.READING,
            str(person.pk),
            person.name,
            _degrees(told.temperature),
            told.taken_at,
            _degrees(row.temperature),
            row.happened_at,
            by,
            book_newer=told.taken_at >= row.happened_at,
        )
        run.met.append(met)


def _by(row: CheckIn) -> str:
    return gettext("himself") if row.how == HowTold.SELF else ""


def _degrees(value: Decimal | None) -> str:
    return "Lo" if value is None else f"{value} °C"
