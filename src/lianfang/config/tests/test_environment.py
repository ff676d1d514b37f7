from pathlib import Path

import pytest

from lianfang.config import environment as env
from lianfang.config.environment import WrongSetting


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Somebody who sets the environment."""
    return monkeypatch


def test_what_is_not_said_is_as_it_is_by_default(said: pytest.MonkeyPatch) -> None:
    for name in ("A", "B", "C", "D"):
        said.delenv(f"LIANFANG_{name}", raising=False)
    assert env.text("A", "x") == "x"
    assert env.yes("B", default=True)
    assert env.number("C", 5, 1, 9) == 5
    assert env.one_of("D", ("words", "json")) == "words"


@pytest.mark.parametrize("told", ["", "x", "0", "10", "-1", "\N{FULLWIDTH DIGIT ONE}", "1.5"])
def test_a_number_outside_its_bounds_stops_the_start(
    said: pytest.MonkeyPatch, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said.setenv("LIANFANG_C", told)
    with pytest.raises(WrongSetting) as stopped:
        env.number("C", 5, 1, 9)
    assert stopped.value.code == 2
    assert "LIANFANG_C" in capsys.readouterr().err


def test_a_word_that_is_not_known_stops_the_start(said: pytest.MonkeyPatch) -> None:
    said.setenv("LIANFANG_B", "perhaps")
    said.setenv("LIANFANG_D", "xml")
    with pytest.raises(WrongSetting):
        env.yes("B", default=True)
    with pytest.raises(WrongSetting):
        env.one_of("D", ("words", "json"))


def test_a_data_directory_that_cannot_be_made_stops_the_start(
    said: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.touch()
    said.setenv("LIANFANG_DATA", str(file / "data"))
    with pytest.raises(WrongSetting):
        env.data_directory()
    said.setenv("LIANFANG_DATA", str(tmp_path / "data"))
    assert env.data_directory().stat().st_mode & 0o077 == 0


def test_the_secret_key_is_made_once_and_kept_from_others(
    said: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    said.delenv("LIANFANG_SECRET_KEY", raising=False)
    made = env.secret_key(tmp_path)
    assert env.secret_key(tmp_path) == made
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0
    said.setenv("LIANFANG_SECRET_KEY", "told")
    assert env.secret_key(tmp_path) == "told"


def test_a_secret_key_that_cannot_be_kept_stops_the_start(
    said: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    said.delenv("LIANFANG_SECRET_KEY", raising=False)
    with pytest.raises(WrongSetting):
        env.secret_key(tmp_path / "not there")


def test_a_database_is_named_by_its_address_or_lies_in_the_data_directory(tmp_path: Path) -> None:
    here = env.database("", tmp_path)
    assert here["NAME"] == str(tmp_path / "lianfang.sqlite3")
    there = env.database("postgresql://us%40er:p%3Aw@host:5433/name", tmp_path)
    assert (there["USER"], there["PASSWORD"], there["HOST"]) == ("us@er", "p:w", "host")
    assert (there["PORT"], there["NAME"]) == ("5433", "name")
    assert env.database("postgres://u@/n?host=/run/pg", tmp_path)["HOST"] == "/run/pg"
    with pytest.raises(WrongSetting):
        env.database("mysql://host/name", tmp_path)


def test_what_a_database_address_says_of_encryption_is_kept(tmp_path: Path) -> None:
    url = "postgresql://u@h/n?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem&connect_timeout=5"
    options = env.database(url, tmp_path)["OPTIONS"]
    assert isinstance(options, dict)
    assert (options["sslmode"], options["connect_timeout"]) == ("verify-full", "5")
    assert options["sslrootcert"] == "/etc/ca.pem"
    assert options["pool"]


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("postgresql://u@h/n?sslmod=require", "sslmod"),
        ("postgresql://u@h:99999/n", "port"),
        ("postgresql://u@h:x/n", "port"),
        ("postgresql://u@[h/n", "DATABASE_URL"),
    ],
)
def test_a_database_address_that_is_not_understood_stops_the_start_with_a_sentence(
    tmp_path: Path, url: str, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(WrongSetting):
        env.database(url, tmp_path)
    assert word in capsys.readouterr().err


def test_a_connection_that_died_is_found_out_before_it_is_used(tmp_path: Path) -> None:
    assert env.database("postgresql://u@h/n", tmp_path)["CONN_HEALTH_CHECKS"] is True


def test_the_hosts_answered_are_those_told_or_that_of_the_public_address(
    said: pytest.MonkeyPatch,
) -> None:
    said.delenv("LIANFANG_HOSTS", raising=False)
    assert env.hosts("") == ["*"]
    assert env.hosts("https://fang.example:8443") == ["fang.example", *env.ON_THIS_MACHINE]
    said.setenv("LIANFANG_HOSTS", "a.example, b.example")
    assert env.hosts("https://fang.example") == ["a.example", "b.example"]
