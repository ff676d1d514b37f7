"""The command of the demo group: seats, departments, liaison leaders, letters, and the calls."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from django.utils.timezone import get_default_timezone

from lianfang.drills.demo.rules import group, leading
from lianfang.ground.command import services as command
from lianfang.ground.command.models import Appointment
from lianfang.ground.command.queries.notices import proposal
from lianfang.ground.command.rules.notice import Content
from lianfang.ground.doors.act import Pending
from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.orgs.queries import signed_in
from lianfang.kernel.actor import OPERATOR
from lianfang.work.liaison.services import ContactLine, log

UNITS_EACH = 4
BEGIN = time(9, 30)


def lead(
    top: Unit, units: Sequence[Unit], departments: Sequence[Unit], users: Mapping[str, User]
) -> None:
    """Fill the seats at the group and at every company, but for the two gaps."""
    seats = [command.appoint.on(top, line) for line in _group_lines(users)]
    for number, unit in enumerate(units, 1):
        seats += [command.appoint.on(unit, line) for line in _company_lines(number, users)]
    command.appoint.many(OPERATOR, seats, whole=True)
    by_name = {unit.name: unit for unit in departments}
    charges = [
        command.charge.on(
            top,
            command.ChargeLine(line=code, since=leading.SINCE, department=by_name[department]),
        )
        for code, department in leading.GROUP_LINES.items()
    ]
    for unit in units:
        charges += [
            command.charge.on(
                unit, command.ChargeLine(line=code, since=leading.SINCE, name=department)
            )
            for code, department in leading.COMPANY_LINES.items()
        ]
    command.charge.many(OPERATOR, charges, whole=True)
    command.name_liaison.many(OPERATOR, list(_liaisons(units, users)), whole=True)
    _papers(top, units, users)


def _group_lines(users: Mapping[str, User]) -> Iterator[command.AppointmentLine]:
    for seat, name, title, login in leading.GROUP_SEATS:
        yield command.AppointmentLine(
            seat=seat, name=name, title=title, user=users.get(login), since=leading.SINCE
        )


def _company_lines(number: int, users: Mapping[str, User]) -> Iterator[command.AppointmentLine]:
    principal = users[f"principal{number:02}"]
    seat, title = ("deputy", "副总经理") if number == leading.HEADLESS else ("head", "总经理")
    yield command.AppointmentLine(
        seat=seat,
        user=principal,
        title=title,
        phone=leading.phone(number),
        since=leading.SINCE,
    )
    clerk = users[f"clerk{number:02}"]
    for code in ("member", "office_head"):
        yield command.AppointmentLine(
            seat=code,
            user=clerk,
            title="综合办公室主任",
            phone=leading.phone(100 + number),
            since=leading.SINCE,
        )


def _liaisons(units: Sequence[Unit], users: Mapping[str, User]) -> Iterator[Pending[Appointment]]:
    for at, (login, name) in enumerate(group.LEADERS):
        for unit in units[at * UNITS_EACH : at * UNITS_EACH + UNITS_EACH]:
            line = command.AppointmentLine(
                seat="liaison",
                user=users[login],
                title=leading.TITLES.get(name, ""),
                since=leading.SINCE,
            )
            yield command.name_liaison.on(unit, line)


def _papers(top: Unit, units: Sequence[Unit], users: Mapping[str, User]) -> None:
    """Issue the letter and have every company sign it; issue the notice of appointment."""
    office = signed_in(users["zhoulan"])
    letter = command.issue_letter(office, top, leading.LETTER, leading.LETTER_TEXT)
    signed = [
        command.sign_letter.on(
            unit,
            letter,
            command.SignedLine(
                name=group.PRINCIPALS[number], title="总经理", signed_on=letter.issued_on
            ),
        )
        for number, unit in enumerate(units)
    ]
    command.sign_letter.many(OPERATOR, signed, whole=True)
    begin = proposal(office, top, letter.issued_on)
    content = Content(
        issuer=top.name,
        number=leading.NUMBER,
        heading=begin.heading,
        addressees=begin.addressees,
        paragraphs=tuple(begin.body.splitlines()),
        dated_on=letter.issued_on,
        copies="市国资委",
    )
    command.issue_paper(office, top, content, leading.NUMBER)


def calls(day: date, units: Sequence[Unit], users: Mapping[str, User]) -> None:
    """Log the calls that the leaders made in the morning, each in the name of who made them."""
    begin = datetime.combine(day, BEGIN, get_default_timezone())
    for at, (login, _name) in enumerate(group.LEADERS):
        items = []
        for number in range(at * UNITS_EACH + 1, at * UNITS_EACH + UNITS_EACH + 1):
            made = leading.call(number, day)
            if made is not None:
                line = ContactLine(
                    happened_at=begin + timedelta(minutes=made.minute),
                    with_name=group.PRINCIPALS[number - 1],
                    with_post="总经理",
                    said=made.said,
                    measure=made.measure,
                )
                items.append(log.on(units[number - 1], line))
        log.many(signed_in(users[login]), items, whole=True)
