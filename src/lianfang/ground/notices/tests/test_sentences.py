from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from lianfang.ground.notices.rules import Sentence

WORDS = {"%(unit)s owes %(what)s by %(due)s": "%(unit)s 应于 %(due)s 前报 %(what)s"}
TEXT = st.text("口罩 %()s{}", max_size=8)
SIMPLE = TEXT | st.integers() | st.datetimes(timezones=st.just(UTC)) | st.dates()


def english(_context: str, text: str) -> str:
    return text


def show(moment: datetime | date) -> str:
    return moment.isoformat()


def test_a_sentence_is_said_in_the_language_of_its_reader() -> None:
    told = Sentence(
        "%(unit)s owes %(what)s by %(due)s",
        {
            "unit": "江海面粉",
            "what": Sentence("the daily report", context="form"),
            "due": date(2020, 1, 31),
        },
    )
    assert told.say(english, show) == "江海面粉 owes the daily report by 2020-01-31"
    chinese = told.say(lambda _context, text: WORDS.get(text, "日报"), show)
    assert chinese == "江海面粉 应于 2020-01-31 前报 日报"


def test_what_somebody_typed_is_printed_as_it_stands() -> None:
    typed = "100% 到位，%(unit)s"
    assert Sentence.of(typed).say(english, show) == typed


@given(st.dictionaries(st.sampled_from(["a", "b", "c"]), SIMPLE))
def test_a_stored_sentence_reads_back_as_it_was_written(params: dict[str, object]) -> None:
    told = Sentence("%(a)s %(inner)s", {**params, "inner": Sentence("x", params, "form")})
    assert Sentence.read(told.msgid, told.plain()) == told
