"""`lianfang backup` and `lianfang restore`: one encrypted file, and the way back from it."""

import argparse
from pathlib import Path

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from lianfang.config import holding
from lianfang.config.backups import noted, proving, reading, writing
from lianfang.config.backups.manifest import Manifest
from lianfang.config.commands.audit import sentence
from lianfang.config.commands.output import DONE, FAILED, say, tell, wrong
from lianfang.kernel import clock


def add(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Offer the commands."""
    made = words.add_parser("backup", help=_("Copy everything but the keys into one file."))
    made.add_argument("file", type=Path, nargs="?", help=_("a new file, or a folder for it"))
    made.add_argument("--json", action="store_true", help=_("answer as JSON"))
    made.set_defaults(run=backup)
    made = words.add_parser("restore", help=_("Put a backup into an empty installation."))
    made.add_argument("file", type=Path, nargs="?", help=_("with --prove: else the last one made"))
    how = made.add_mutually_exclusive_group()
    how.add_argument("--check", action="store_true", help=_("read it all, put nothing in place"))
    how.add_argument(
        "--prove", action="store_true", help=_("restore it to scratch, use it there, certify it")
    )
    made.add_argument("--json", action="store_true", help=_("answer as JSON"))
    made.set_defaults(run=restore)


def backup(told: argparse.Namespace) -> int:
    """Write a backup and say where it stands."""
    target = _target(told.file or Path())
    if not target.parent.is_dir():
        return wrong(_("There is no folder %(place)s.") % {"place": target.parent})
    made = writing.write(target)
    if told.json:
        tell({"file": target, **_counts(made)})
        return DONE
    say(
        _("%(rows)d rows and %(files)d files stand in %(file)s.")
        % {"file": target, **_counts(made)}
    )
    say(_("It opens only with the keys of this installation, and these are not in it."))
    return DONE


def restore(told: argparse.Namespace) -> int:
    """Prove a backup, and put it in place unless it was only to be proved."""
    if told.file is None and told.prove and (last := noted.last(noted.MADE)) is not None:
        told.file = last[1]
    if told.file is None:
        return wrong(_("Name the file of the backup."))
    if told.prove:
        return _prove(told)
    if told.check:
        made = reading.prove(told.file)
        return _restored(told, made, _("The backup is whole: %(rows)d rows and %(files)d files."))
    with holding.alone(settings.DATA, "lianfang restore"):
        made, verdict = reading.restore(told.file)
    if verdict.finding is not None:
        return wrong(sentence(verdict.finding), FAILED)
    status = _restored(
        told, made, _("Restored: %(rows)d rows and %(files)d files; the trail is whole.")
    )
    if not told.json:
        say(_("Run `lianfang migrate`, then `lianfang doctor`."))
    return status


def _prove(told: argparse.Namespace) -> int:
    proved = proving.prove(told.file)
    if told.json:
        tell(proved)
        return DONE
    said = {"file": told.file, "seconds": proved["seconds"], "rows": proved["backup"]["rows"]}
    words = _("%(file)s came back whole in %(seconds)s s: %(rows)d rows, trail and seals opened.")
    say(words % said)
    say(_("The certificate: %(file)s") % {"file": proved["certificate"]})
    return DONE


def _restored(told: argparse.Namespace, made: Manifest, words: str) -> int:
    if told.json:
        tell(_counts(made))
    else:
        say(words % _counts(made))
        say(_("It was made at %(made_at)s by version %(version)s.") % _counts(made))
    return DONE


def _target(asked: Path) -> Path:
    if asked.is_dir():
        return asked / f"lianfang-{localtime(clock.machine()):%Y%m%d-%H%M%S}.backup"
    return asked


def _counts(made: Manifest) -> dict[str, object]:
    return {
        "made_at": made.made_at,
        "version": made.version,
        "database": made.vendor,
        "rows": sum(made.rows.values()),
        "files": len(made.members) - 1,
        "head": made.head,
    }
