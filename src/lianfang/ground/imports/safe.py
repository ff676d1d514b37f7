"""The sealed place where a spreadsheet waits between its preview and its confirmation.

It lies in the vault of `ground.files` as a content that no act keeps, so that the sweeper removes
it after a day: a list of people does not stay because somebody looked at it once.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from lianfang.ground.files import vault
from lianfang.ground.imports.models import Upload
from lianfang.kernel.refusals import Conflict
from lianfang.kernel.sealed import INSTALLATION, KeyMissing, Tampered
from lianfang.kernel.texts import msgid

GONE = msgid("The file is not kept any more; bring it again.")


@contextmanager
def opened(upload: Upload) -> Iterator[Path]:
    """Open a file that was brought, for as long as it is read."""
    try:
        content = vault.get(upload.fingerprint, INSTALLATION)
    except (FileNotFoundError, KeyMissing, Tampered) as gone:
        raise Conflict(GONE) from gone
    with laid_out(content, upload.name) as path:
        yield path


@contextmanager
def laid_out(content: bytes, name: str) -> Iterator[Path]:
    """Lay a content out where it can be read, for as long as it is read."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"file{Path(name).suffix.lower()}"
        path.write_bytes(content)
        yield path
