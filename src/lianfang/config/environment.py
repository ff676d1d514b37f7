"""Typed readers of the environment; what is missing or wrong stops the start with one sentence."""

import os
import secrets
import sys
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

PREFIX = "LIANFANG_"
DEMO_MARK = "demo"
ON_THIS_MACHINE = ("localhost", "127.0.0.1", "[::1]")
#: What DATABASE_URL may say of the connection beside its host, in the words of PostgreSQL.
LIBPQ = frozenset(
    {
        "application_name",
        "channel_binding",
        "connect_timeout",
        "gssencmode",
        "keepalives",
        "keepalives_count",
        "keepalives_idle",
        "keepalives_interval",
        "options",
        "sslcert",
        "sslcrl",
        "sslkey",
        "sslmode",
        "sslrootcert",
        "target_session_attrs",
        "tcp_user_timeout",
    }
)


class WrongSetting(SystemExit):
    """A setting that the start cannot go on with."""

    def __init__(self, sentence: str) -> None:
        """Say on the standard error what to set, and leave with status 2."""
        sys.stderr.write(f"lianfang: {sentence}\n")
        super().__init__(2)


def text(name: str, default: str = "") -> str:
    """Read a text."""
    return os.environ.get(PREFIX + name, default)


def yes(name: str, *, default: bool) -> bool:
    """Read a yes or no."""
    told = text(name, "yes" if default else "no").lower()
    if told not in {"yes", "no", "true", "false", "1", "0"}:
        raise WrongSetting(f"{PREFIX}{name} is {told!r}; set it to yes or no.")
    return told in {"yes", "true", "1"}


def number(name: str, default: int, low: int, high: int) -> int:
    """Read a whole number within bounds."""
    told = text(name, str(default))
    if not told.isascii() or not told.isdigit() or not low <= int(told) <= high:
        raise WrongSetting(f"{PREFIX}{name} is {told!r}; set it to a number from {low} to {high}.")
    return int(told)


def one_of(name: str, words: tuple[str, ...]) -> str:
    """Read one of some words; the first is taken when nothing is said."""
    told = text(name, words[0])
    if told not in words:
        raise WrongSetting(f"{PREFIX}{name} is {told!r}; set it to one of {', '.join(words)}.")
    return told


def data_directory() -> Path:
    """Return the data directory (database, keys, files), made if it is not there."""
    folder = Path(text("DATA", "var")).absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as broken:
        raise WrongSetting(
            f"the data directory {folder} cannot be made ({broken.strerror}); "
            f"set {PREFIX}DATA to a directory that this user may write."
        ) from broken
    return folder


def enter_demo() -> None:
    """Give the demo a data directory, database and keys of its own, with a clock that moves."""
    folder = Path(text("DATA", "var")).absolute()
    if not (folder / DEMO_MARK).is_file():
        folder /= DEMO_MARK
    os.environ[PREFIX + "DATA"] = str(folder)
    os.environ.pop("DATABASE_URL", None)
    mark = data_directory() / DEMO_MARK
    if not mark.exists():
        mark.write_text("", encoding="utf-8")


def secret_key(folder: Path) -> str:
    """Return the secret key: from the environment, or made and kept on the first start."""
    told = text("SECRET_KEY")
    if told:
        return told
    file = folder / "secret-key"
    try:
        if not file.exists():
            file.write_text(secrets.token_urlsafe(64), encoding="utf-8")
            file.chmod(0o600)
        return file.read_text(encoding="utf-8").strip()
    except OSError as broken:
        raise WrongSetting(
            f"{file} cannot be read or written ({broken.strerror}); "
            f"give this user the right to it or set {PREFIX}SECRET_KEY."
        ) from broken


def database(url: str, folder: Path) -> dict[str, object]:
    """Read DATABASE_URL; without one, SQLite in the data directory, safe against power loss."""
    if not url:
        pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(folder / "lianfang.sqlite3"),
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
            "CONN_MAX_AGE": None,
            "TEST": {"NAME": str(folder / "test.sqlite3")},
        }
    parts = _address(url)
    told = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    host = told.pop("host", parts.hostname or "")
    if unknown := sorted(set(told) - LIBPQ):
        raise WrongSetting(
            f"DATABASE_URL says {', '.join(unknown)}, which is not understood; after the question "
            f"mark may stand host and {', '.join(sorted(LIBPQ))}."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "postgres",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**told, "pool": {"min_size": 2, "max_size": 24, "timeout": 10}},
    }


def _address(url: str) -> SplitResult:
    """Take an address of a database apart."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as broken:
        raise WrongSetting(
            f"DATABASE_URL is not understood ({broken}); a port is a number from 1 to 65535."
        ) from broken
    if parts.scheme not in {"postgresql", "postgres"} or port == 0:
        raise WrongSetting(
            "DATABASE_URL is not understood; set it to postgresql://user:password@host/name, "
            "or leave it unset for SQLite."
        )
    return parts


def public_url() -> str:
    """Read the address that users type: a name with or without a port, and nothing behind it."""
    told = text("PUBLIC_URL").rstrip("/")
    parts = urlsplit(told)
    if told and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.path):
        raise WrongSetting(
            f"{PREFIX}PUBLIC_URL is {told!r}; set it to https://name or https://name:port, without "
            "a path: Lianfang has a name (or a port) of its own, and is no folder of another site."
        )
    return told


def hosts(public_url: str) -> list[str]:
    """Return the host names that are answered: those told, else that of the public address."""
    told = [host.strip() for host in text("HOSTS").split(",") if host.strip()]
    if told:
        return told
    name = urlsplit(public_url).hostname
    return [name, *ON_THIS_MACHINE] if name else ["*"]
