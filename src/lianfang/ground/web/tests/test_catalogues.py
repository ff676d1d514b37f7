"""The Chinese catalogues are complete, and what is missing in them is named."""

from pathlib import Path

import pytest

from lianfang.ground.web import catalogues, msgids

PYTHON = '''
from django.utils.translation import gettext as _, ngettext, pgettext
from lianfang.kernel.refusals import Refused

class Late(Refused):
    """Too late."""

class Coded(Refused):
    def __init__(self, code: str) -> None:
        super().__init__(code)

def say(n):
    _("Hello")
    ngettext("%(n)d day", "%(n)d days", n)
    pgettext("month", "May")
    Late("The day is over.")
    Coded("not_a_sentence")
'''
TEMPLATE = (
    '{% load i18n %}{% translate "Board" %}{% translate "Open" context "gate" %}'
    "{% blocktranslate count n=n trimmed %}{{ n }} unit{% plural %}{{ n }} units"
    '{% endblocktranslate %}<p title="{% translate "Don\'t" %}">{# a note #}</p>'
)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    app = tmp_path / "ground" / "gates"
    (app / "templates" / "gates").mkdir(parents=True)
    (app / "apps.py").write_text("")
    (app / "services.py").write_text(PYTHON)
    (app / "templates" / "gates" / "page.html").write_text(TEMPLATE)
    (tmp_path / "kernel").mkdir()
    (tmp_path / "kernel" / "rules.py").write_text('msgid("From below")')
    monkeypatch.setattr(catalogues, "PACKAGE", tmp_path)
    monkeypatch.setattr(catalogues, "SHARED", tmp_path / "ground" / "web")
    return tmp_path


def test_every_sentence_of_python_and_templates_is_found(house: Path) -> None:
    said = msgids.by_app(house, house / "ground" / "web")
    assert said[house / "ground" / "gates"] == {
        ("", "Hello", ""),
        ("", "%(n)d day", "%(n)d days"),
        ("month", "May", ""),
        ("", "The day is over.", ""),
        ("", "Board", ""),
        ("gate", "Open", ""),
        ("", "%(n)s unit", "%(n)s units"),
        ("", "Don't", ""),
    }
    assert said[house / "ground" / "web"] == {("", "From below", "")}


def test_what_has_no_chinese_is_named(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert catalogues.check() == 1
    told = capsys.readouterr().out
    assert "ground/gates: no Chinese: Hello" in told
    assert "ground/gates: no Chinese: [month] May" in told
    assert "ground/web: no Chinese: From below" in told


def test_update_adds_what_is_said_and_drops_what_nobody_says(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalogues.update()
    place = house / "ground" / "gates" / catalogues.PLACE
    translated = place.read_text().replace('msgid "Hello"\nmsgstr ""', 'msgid "Hello"\nmsgstr "好"')
    place.write_text(translated + '\nmsgid "Gone"\nmsgstr "没了"\n')
    assert catalogues.check() == 1
    assert "ground/gates: nobody says: Gone" in capsys.readouterr().out
    catalogues.update()
    assert "Gone" not in place.read_text()
    assert 'msgstr "好"' in place.read_text()


def test_an_unsure_word_and_a_lost_value_are_named(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = house / "ground" / "gates" / catalogues.PLACE
    place.parent.mkdir(parents=True)
    place.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        '#, fuzzy\nmsgid "Hello"\nmsgstr "好"\n\n'
        'msgid "The day is over."\nmsgstr "%(unit)s 的一天过去了。"\n'
    )
    catalogues.check()
    told = capsys.readouterr().out
    assert "not sure (fuzzy): Hello" in told
    assert "names a value that the English has not: The day is over." in told


def test_a_shared_word_need_not_be_translated_twice(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = house / "ground" / "web" / catalogues.PLACE
    place.parent.mkdir(parents=True)
    place.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Hello"\nmsgstr "你好"\n'
    )
    catalogues.check()
    assert "Hello" not in capsys.readouterr().out


def test_catalogues_are_compiled_beside_their_sources(house: Path) -> None:
    catalogues.update()
    catalogues.compile_all()
    assert (house / "ground" / "gates" / catalogues.PLACE).with_suffix(".mo").exists()
