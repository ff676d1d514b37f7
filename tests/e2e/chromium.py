"""Finding a browser: the system's Chromium, or the one that an npm package brings."""

import os
import shutil
import tarfile
import tempfile
from pathlib import Path

import brotli  # type: ignore[import-untyped]

NAMES = ("chromium", "chromium-browser", "google-chrome")
PACKED = Path(__file__).parents[2] / "node_modules/@sparticuz/chromium/bin"
NONE = (
    "No browser for the browser tests: install Debian's chromium, or run "
    "`npm install --no-save @sparticuz/chromium`, or set CHROMIUM to the path of one."
)


def find() -> str | None:
    """Return the path of a browser."""
    told = os.environ.get("CHROMIUM")
    if told:
        return told
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return found
    return _unpacked() if (PACKED / "chromium.br").is_file() else None


def _unpacked() -> str:
    """Unpack the browser of the npm package, and what it needs of a system, once a machine."""
    place = Path(tempfile.gettempdir()) / f"lianfang-chromium-{os.getuid()}"
    browser, libraries = place / "chromium", place / "al2023/lib"
    place.mkdir(mode=0o700, exist_ok=True)
    if not browser.exists():
        libraries.parent.mkdir(exist_ok=True)
        packed = place / "al2023.tar"
        packed.write_bytes(brotli.decompress((PACKED / "al2023.tar.br").read_bytes()))
        with tarfile.open(packed) as archive:
            archive.extractall(libraries.parent, filter="data")
        whole = place / "chromium.part"
        whole.write_bytes(brotli.decompress((PACKED / "chromium.br").read_bytes()))
        whole.chmod(0o755)
        whole.rename(browser)
    paths = [str(libraries), os.environ.get("LD_LIBRARY_PATH", "")]
    os.environ["LD_LIBRARY_PATH"] = os.pathsep.join(filter(None, paths))
    return str(browser)
