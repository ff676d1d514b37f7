"""Two subtrees with one of everything in each: the mill's, and the port's, which has a canary."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID, uuid4

from conftest import user_with
from lianfang.ground.command import services as command
from lianfang.ground.command.rules.notice import Content
from lianfang.ground.doors.visible import visible
from lianfang.ground.files.intake import take
from lianfang.ground.files.services import keep
from lianfang.ground.loops.models import Loop
from lianfang.ground.loops.registry import KINDS
from lianfang.ground.loops.services import TASK, Opening, begin
from lianfang.ground.notices.models import Notice
from lianfang.ground.notices.rules import NoticeKind, Sentence
from lianfang.ground.notices.services import To, post, send
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs import services as org_services
from lianfang.ground.orgs.models import Post, Site, Unit, User
from lianfang.ground.orgs.rules import Role, SiteKind, may_stand_at
from lianfang.ground.response.models import Response
from lianfang.ground.signing.models import Decision, Sheet
from lianfang.kernel import clock, ids
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.people.checkins.services import Nickname, remember_name
from lianfang.people.register.models import Person
from lianfang.people.register.rules.joining import Asked
from lianfang.people.register.rules.lines import PersonLine, Told
from lianfang.people.register.rules.words import Employment
from lianfang.people.register.services import enter, joining, record_exposure
from lianfang.rollup.briefings import services as briefing_services
from lianfang.rollup.daybooks import services as books
from lianfang.rollup.daybooks.rules.words import Reason
from lianfang.rollup.daybooks.services.giving import Giving, Listed
from lianfang.rollup.reports import queries as reports
from lianfang.rollup.reports import services as report_services
from lianfang.rollup.reports.rules.states import Signing
from lianfang.work.liaison.services import ContactLine, log

CANARY = "CANARY-7f3a"
PDF = b"%PDF-1.4\n%%EOF\n"
#: A photo of one point.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)
Things = Mapping[str, object]
OBJECTS = {
    "unit",
    "site",
    "user",
    "post",
    "token",
    "loop",
    "notice",
    "message",
    "report",
    "briefing",
    "person",
    "exposure",
    "file",
    "back",
    "photo",
    "chat_name",
    "poster",
    "joining",
    "appointment",
    "charge",
    "paper",
    "contact",
    "code",
    "sheet",
    "decision",
    "hand_over",
}


@dataclass
class World:
    """What the matrix asks about."""

    mill: Unit
    group: Unit
    response: Response
    own: Things = field(default_factory=dict)
    foreign: Things = field(default_factory=dict)
    nothing: Things = field(default_factory=dict)

    def user_with(self, role: Role) -> User:
        """Make a user who holds a post at the mill, or at the top where it is not for a mill."""
        return user_with(role, self.place_of(role), f"asks-{role}")

    def place_of(self, role: Role) -> Unit:
        """Return where a post stands."""
        here = may_stand_at(role, self.mill.kind, self.mill.path)
        return self.mill if here else self.group

    def token_with(self, role: Role) -> str:
        """Make a token of a post there, which its maker holds too."""
        secret = org_services.new_secret()
        maker = user_with(role, self.place_of(role), f"makes-{role}")
        org_services.make_token(OPERATOR, self.place_of(role), role, secret, user=maker)
        return secret

    def actor(self, user: User) -> Actor:
        """Return the actor of a user."""
        return orgs.signed_in(user)

    def is_about_something(self, address: object) -> bool:
        """Tell whether an address names an object of a subtree."""
        about: Mapping[str, str] = getattr(address, "about", {})
        return bool(OBJECTS & set(about.values()))


def things(unit: Unit, mark: str, day: date, number: int) -> Things:
    """Put one of everything into a subtree; every name bears the mark."""
    place = org_services.enter_site(
        OPERATOR, unit, org_services.SiteLine(f"S{number}", f"{mark} 市场", SiteKind.MARKET)
    )
    user = user_with(Role.CLERK, unit, f"{mark}-clerk".lower())
    head = user_with(Role.PRINCIPAL, unit, f"{mark}-head".lower())
    User.objects.filter(pk=user.pk).update(name=mark)
    person = _person(unit, mark, number, place)
    secret = org_services.new_secret()
    token = org_services.make_token(OPERATOR, unit, Role.CLERK, secret, label=mark, user=user)
    report = _report(unit, user, head, day)
    return {
        "unit": unit.pk,
        "site": place.pk,
        "user": user.pk,
        "post": Post.objects.filter(user=user).values_list("pk", flat=True)[0],
        "token": token.pk,
        "loop": _loop(unit, mark).pk,
        "notice": _notice(unit, user, mark).pk,
        "message": send(
            orgs.signed_in(user), unit, mark, [To(unit=unit, role=Role.PRINCIPAL)], uuid4()
        ).pk,
        "report": report,
        "briefing": briefing_services.draft(
            OPERATOR, unit, briefing_services.Draft(day=day, title=mark, body=mark)
        ).pk,
        "person": person.pk,
        "exposure": record_exposure(OPERATOR, person, Told("hubei_travel", day)).pk,
        "file": keep(OPERATOR, unit, take(f"{mark}.pdf", PDF)).pk,
        "back": _back(unit, mark, day),
        **_chat(unit, person, mark),
        **_command(unit, mark, day),
        "code": unit.code,
        **_signed(unit, user, head),
        **_same(day),
    }


def _command(unit: Unit, mark: str, day: date) -> Things:
    """Put somebody into a seat, name a department, issue a notice, and log a call."""
    line = command.AppointmentLine(seat="head", since=day, name=mark, phone="0577-55550000")
    charge = command.ChargeLine(line="general", since=day, name=mark)
    content = Content(
        issuer=mark,
        number=mark,
        heading=mark,
        addressees=mark,
        paragraphs=(mark,),
        dated_on=day,
    )
    call = ContactLine(with_name=mark, said=mark)
    return {
        "appointment": command.appoint(OPERATOR, unit, line).pk,
        "charge": command.charge(OPERATOR, unit, charge).pk,
        "paper": command.issue_paper(OPERATOR, unit, content, mark).pk,
        "contact": log(OPERATOR, unit, call).pk,
    }


def _chat(unit: Unit, person: Person, mark: str) -> Things:
    """Keep a photo, remember a name of the chat, hang a poster and let somebody ask there."""
    poster = joining.hang(OPERATOR, unit, joining.new_code())
    asked = joining.Told(Asked(mark, "13800001234", Employment.REGULAR), str(ids.new()))
    return {
        "photo": keep(OPERATOR, unit, take(f"{mark}.png", PNG)).pk,
        "chat_name": remember_name(OPERATOR, person, unit, Nickname(mark)).pk,
        "poster": poster.pk,
        "joining": joining.ask(OPERATOR, poster, asked).pk,
    }


def absent(day: date) -> Things:
    """Name things that do not exist."""
    return {name: uuid4() for name in OBJECTS} | {"code": "NOWHERE", **_same(day)}


def _same(day: date) -> Things:
    return {
        "day": day,
        "figure": "headcount_total",
        "number": 1,
        "session": UUID(int=1),
        "what": "level",
        "path": "temperature.fever_ge_c",
        "import_kind": "people",
        "column": "document",
        "province": "33",
        "paper_kind": "docx",
        "line": "general",
    }


def _person(unit: Unit, mark: str, number: int, site: Site) -> Person:
    line = PersonLine(name=mark, person_no=f"N{number}", department=mark, job=mark)
    return enter(OPERATOR, unit, line)


def _loop(unit: Unit, mark: str) -> Loop:
    opening = Opening(kind=KINDS[TASK], unit=unit, key=str(ids.new()), title=Sentence.of(mark))
    return begin(OPERATOR, opening, clock.now())


def _notice(unit: Unit, user: User, mark: str) -> Notice:
    key = f"matrix:{unit.pk}"
    post(To(user=user), Sentence.of(mark), kind=NoticeKind.NOTE, key=key, now=clock.now())
    return visible(Notice, OPERATOR, "notices.read").get(key=key)


def _signed(unit: Unit, clerk: User, head: User) -> Things:
    sheet = visible(Sheet, OPERATOR, "signing.read").get(unit=unit)
    decision = visible(Decision, OPERATOR, "signing.read").filter(sheet=sheet)[0]
    since = clock.now()
    post = visible(Post, OPERATOR, "posts.use").get(user=head)
    until = since + timedelta(days=1)
    lent = org_services.hand_over(OPERATOR, post, clerk, since, until, "away")
    return {"sheet": sheet.pk, "decision": decision.pk, "hand_over": lent.pk}


def _back(unit: Unit, mark: str, day: date) -> object:
    """Give a workbook out and bring it back; what stands in it is of no interest here."""
    now = clock.now()
    told = Giving(
        book=ids.new(),
        day=day,
        as_of=now,
        due=now,
        pack=mark,
        reason=Reason.PRACTICE,
        language="en",
        has_market=False,
        digest=mark,
        size=1,
    )
    book = books.give(OPERATOR, unit, told, Listed([])).book
    return books.bring(OPERATOR, unit, book, take(f"{mark}.pdf", PDF)).pk


def _report(unit: Unit, clerk: User, head: User, day: date) -> object:
    report_services.write(orgs.signed_in(clerk), unit, day, "", "", zero=True)
    report_services.sign(orgs.signed_in(head), unit, day, Signing.PRINCIPAL)
    report_services.submit(orgs.signed_in(clerk), unit, day)
    return reports.newest(OPERATOR, day)[unit.pk].pk
