"""The columns that the sheets are written with: width, what may be put in, and what a cell says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lianfang.kernel.texts import msgid
from lianfang.people.checkins.rules.policy import Policy
from lianfang.rollup.daybooks.rules import words
from lianfang.rollup.daybooks.rules.content import Asked
from lianfang.rollup.daybooks.rules.looks import Place, Validation, asked, listed, to_fill
from lianfang.rollup.daybooks.rules.tables import EMPLOYED, ON_SITE
from lianfang.rollup.daybooks.rules.words import Name

Say = Callable[[str], str]
OF_NEWCOMERS = (
    words.PERSON,
    words.STAFF_NO,
    words.KIND,
    words.DOCUMENT,
    words.PHONE,
)
TODAY_AT = 5
ONE_OF_LIST = msgid("Choose one from the list.")
TIME_SAYS = msgid("When it was measured, as 8:30. Empty: the time beside “filled in by”.")
TIME_WRONG = msgid("Write a time of day as 8:30.")
WARM_SAYS = msgid("36.5 or 365. Where the thermometer shows none: Lo. Empty: not asked.")
WARM_WRONG = msgid("From %(low)s to %(high)s °C. If it is Lo, answer yes; else correct it.")
SYMPTOMS_SAYS = msgid("Several with 、 between them: %(choices)s. None: write none.")
SYMPTOMS_WRONG = msgid("Use the words of the list; several with 、 between them are right.")
METHOD_SAYS = msgid("Where it was measured.")
YES_NO_SAYS = msgid("Yes or no. Empty: not asked.")
REGION_SAYS = msgid("Only if not in town: a name such as 湖北武汉, or the six digits.")
HOW_SAYS = msgid("Who told it, or how it was learnt.")
REMARK_SAYS = msgid("Kept with this workbook, and opened only on record.")
KIND_SAYS = msgid("For newcomers only.")
STATE_SAYS = msgid("Leave it empty if it has not changed.")
WHOLE_SAYS = msgid("A whole number from 0 up. Empty: not filled in.")
DECIMAL_SAYS = msgid("A number from 0 up, two decimals at most. Empty: not filled in.")
WORDS_SAY = msgid("In words, 200 characters at most.")
NUMBER_WRONG = msgid("Only a number from 0 up; where there is none, say why in the next column.")
WHY_SAYS = msgid("Only where there is no number.")
SIGN_SAYS = msgid("The name as it was signed on paper or told by phone.")
LARGEST = 10**12


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of the sheets in the language of whoever fills them in."""

    language: str
    say: Say

    def people(self, policy: Policy) -> Sequence[Place]:
        """Return the columns of the sheet of people, by the policy in force."""
        known = (
            Place(words.NUMBER, 6),
            Place(words.PERSON, 10),
            Place(words.STAFF_NO, 9),
            Place(words.POPULATION, 9),
            Place(words.KIND, 9),
            Place(words.PLACE, 14),
            Place(words.DOCUMENT, 20),
            Place(words.PHONE, 13),
            Place(words.LAST, 22),
        )
        return (*known, *self._readings(policy), *self._told(policy))

    def _readings(self, policy: Policy) -> Sequence[Place]:
        methods = [each.words.say(self.language) for each in policy.methods]
        symptoms = [each.words.say(self.language) for each in policy.symptoms]
        said = self.say(SYMPTOMS_SAYS) % {"choices": "、".join(symptoms)}
        offered = [words.NONE.say(self.language), *symptoms]
        of_symptoms = listed(
            offered, (self._name(words.SYMPTOMS), said), self.say(SYMPTOMS_WRONG), only=False
        )
        return (
            to_fill(words.TIME, 9, self.say(TIME_SAYS), self._time(), "hh:mm"),
            to_fill(words.TEMPERATURE, 8, self.say(WARM_SAYS), self._warm(policy), "General"),
            to_fill(words.METHOD, 9, "", self._list(words.METHOD, methods, METHOD_SAYS)),
            to_fill(words.SYMPTOMS, 14, said, of_symptoms),
        )

    def _warm(self, policy: Policy) -> Validation:
        limits = policy.thresholds
        wrong = self.say(WARM_WRONG) % {"low": limits.lowest, "high": limits.highest}
        rule = {
            "validate": "decimal",
            "criteria": "between",
            "minimum": float(limits.lowest),
            "maximum": float(limits.highest),
        }
        return rule | asked(
            (self._name(words.TEMPERATURE), self.say(WARM_SAYS)), wrong, stops=False
        )

    def _time(self) -> Validation:
        rule = {"validate": "time", "criteria": "between", "minimum": 0, "maximum": 0.99999}
        says = (self._name(words.TIME), self.say(TIME_SAYS))
        return rule | asked(says, self.say(TIME_WRONG), stops=False)

    def _told(self, policy: Policy) -> Sequence[Place]:
        asks = {each.code: each.words.say(self.language) for each in policy.questions}
        region = {"validate": "any"} | asked(
            (self._name(words.REGION), self.say(REGION_SAYS)), "", stops=False
        )
        hows = [name.say(self.language) for name in words.HOW_NAMES.values()]
        answers = [
            to_fill(name, 10, asks[code], self._yes_no(name))
            for code, name in words.ANSWER_NAMES.items()
            if code in asks
        ]
        return (
            to_fill(words.IN_TOWN, 8, asks.get("in_town", ""), self._yes_no(words.IN_TOWN)),
            to_fill(words.REGION, 13, self.say(REGION_SAYS), region),
            *answers,
            to_fill(words.HOW, 9, self.say(HOW_SAYS), self._list(words.HOW, hows, HOW_SAYS)),
            to_fill(words.REMARK, 18, self.say(REMARK_SAYS)),
        )

    def kinds(self) -> Validation:
        """Return the choice of what a newcomer is: one of the staff, or somebody on site."""
        place = 0 if self.language.startswith("zh") else -1
        told = (*EMPLOYED.values(), *ON_SITE.values())
        return self._list(words.KIND, [each.split("|")[place] for each in told], KIND_SAYS)

    def stalls(self) -> Sequence[Place]:
        """Return the columns of the sheet of stalls."""
        states = [name.say(self.language) for name in words.STATES.values()]
        return (
            Place(words.SITE, 10),
            Place(words.SITE_NAME, 18),
            Place(words.STALL_NO, 10),
            Place(words.HOLDER, 12),
            Place(words.KNOWN, 20),
            to_fill(words.STATE, 11, "", self._list(words.STATE, states, STATE_SAYS)),
            to_fill(words.HELPERS, 10, self.say(STATE_SAYS), None, "General"),
            to_fill(words.REMARK, 30),
        )

    def numbers(self) -> Sequence[Place]:
        """Return the columns of the sheet of typed figures; each row has a rule of its own."""
        why = [words.UNKNOWN.say(self.language), words.NOT_APPLICABLE.say(self.language)]
        of_why = self._list(words.NO_NUMBER, why, WHY_SAYS)
        return (
            Place(words.CODE, 15),
            Place(words.FIGURE, 24),
            Place(words.DEFINITION, 44),
            Place(words.MEASURE, 10),
            Place(words.YESTERDAY, 11),
            to_fill(words.TODAY, 13, self.say(WHOLE_SAYS), None, "General"),
            to_fill(words.NO_NUMBER, 13, self.say(WHY_SAYS), of_why),
            to_fill(words.SOURCE, 26),
        )

    def figure(self, figure: Asked) -> Validation:
        """Return what may be put in as the value of a figure."""
        if figure.is_text:
            told: dict[str, object] = {"validate": "length", "criteria": "<=", "value": 200}
            return told | asked(
                (figure.label, self.say(WORDS_SAY)), self.say(WORDS_SAY), stops=True
            )
        rule = "integer" if figure.is_whole else "decimal"
        told = {"validate": rule, "criteria": "between", "minimum": 0, "maximum": LARGEST - 1}
        says = self.say(WHOLE_SAYS if figure.is_whole else DECIMAL_SAYS)
        return told | asked((figure.label, says), self.say(NUMBER_WRONG), stops=False)

    def news(self) -> Sequence[Place]:
        """Return the columns of the sheet of new situations."""
        return (Place(words.MATTER, 22), to_fill(words.TEXT, 80), Place(words.HINT, 40))

    def names(self) -> Sequence[Place]:
        """Return the columns of the sheet of names."""
        return (
            Place(words.PART, 16),
            to_fill(words.SIGNER, 24, self.say(SIGN_SAYS)),
            to_fill(words.SIGNED, 16, self.say(TIME_WRONG), None, "hh:mm"),
            Place(words.IN_POST, 24),
        )

    def _name(self, name: Name) -> str:
        return name.say(self.language)

    def _list(self, name: Name, offered: Sequence[str], says: str) -> Validation:
        prompt = (self._name(name), self.say(says))
        return listed(offered, prompt, self.say(ONE_OF_LIST), only=True)

    def _yes_no(self, name: Name) -> Validation:
        offered = [words.YES.say(self.language), words.NO.say(self.language)]
        return self._list(name, offered, YES_NO_SAYS)


def method_at(places: Sequence[Place]) -> int:
    """Return where the way of measuring stands, which is filled in as it was last time."""
    return next(at for at, place in enumerate(places) if place.name is words.METHOD)
