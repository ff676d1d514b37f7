"""Build styles and scripts into the Python package; `make setup` and the wheel call it."""

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "frontend"
MADE = HERE / "made"
MODULES = ROOT / "node_modules"
DIST = ROOT / "src/lianfang/ground/web/static/web/dist"
WEIGHTS = (400, 500, 600)
# Digits and what stands between them: "LF Num" is Inter with nothing else in it.
NUMBERS = [0x25, *range(0x2B, 0x3B), 0xB1, 0x2212]
#: Free stand-ins for the official faces: 仿宋 and 小标宋 by Noto Serif, 黑体 by Noto Sans.
PAPERS = ROOT / "src/lianfang/ground/papers/fonts"
FACES = (
    "noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf",
    "noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf",
    "noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf",
)
LICENSES = {
    "htmx": MODULES / "htmx.org/LICENSE",
    "inter": MODULES / "@fontsource/inter/LICENSE",
    "noto-sc": MODULES / "@expo-google-fonts/noto-serif-sc/LICENSE_FONT",
    "tabler-icons": MODULES / "@tabler/icons/LICENSE",
}


def npm(*words: str) -> None:
    """Run npm from the wheel of Node.js that stands beside this Python."""
    here = str(Path(sys.executable).parent)
    path = os.pathsep.join([here, os.environ.get("PATH", "")])
    tool = shutil.which("npm", path=path)
    if tool is None:
        sys.exit("npm is missing: install the build group of requirements.lock first.")
    subprocess.run([tool, *words], cwd=ROOT, env={**os.environ, "PATH": path}, check=True)  # noqa: S603


def packages() -> None:
    """Install what package-lock.json names, unless exactly that is there."""
    installed = MODULES / ".package-lock.json"
    lock = ROOT / "package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
        npm("ci", "--loglevel=error")


def sprite() -> None:
    """Gather the icons in use into one file of symbols."""
    symbols = []
    for name in (HERE / "icons.txt").read_text().split():
        drawing = (MODULES / f"@tabler/icons/icons/outline/{name}.svg").read_text()
        strokes = re.findall(r"<(?!svg|/svg)[^>]+>", drawing)
        lines = [re.sub(r"\s*/>", "/>", line) for line in strokes if 'fill="none"' not in line]
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{"".join(lines)}</symbol>')
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'
    (MADE / "icons.svg").write_text(svg)


def numbers() -> None:
    """Cut Inter down to the digits."""
    options = subset.Options(layout_features=["tnum", "kern"], flavor="woff2")
    for weight in WEIGHTS:
        source = MODULES / f"@fontsource/inter/files/inter-latin-{weight}-normal.woff2"
        font = subset.load_font(str(source), options)
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=NUMBERS)
        cutter.subset(font)
        for lookup in font["GSUB"].table.LookupList.Lookup:
            for table in lookup.SubTable:
                table.mapping.pop("hyphen", None)  # 1-31 is a day, not a column of figures
        subset.save_font(font, str(MADE / f"lf-num-{weight}.woff2"), options)


def faces() -> None:
    """Lay the faces of printed papers beside the code that sets them."""
    PAPERS.mkdir(parents=True, exist_ok=True)
    for name in FACES:
        shutil.copyfile(MODULES / "@expo-google-fonts" / name, PAPERS / Path(name).name)


def licenses() -> None:
    """Lay the licences of what is built in beside it."""
    place = DIST / "licenses"
    place.mkdir(exist_ok=True)
    for name, text in LICENSES.items():
        shutil.copyfile(text, place / f"{name}.txt")


def compress() -> None:
    """Lay a compressed twin beside each file that gains by it; the server hands it out."""
    for file in sorted(DIST.rglob("*")):
        if file.suffix in {".css", ".js", ".svg"}:
            twin = file.with_name(f"{file.name}.gz")
            twin.write_bytes(gzip.compress(file.read_bytes(), 9, mtime=0))


def lock() -> None:
    """Take out of package-lock.json what names a host and no installation reads."""
    file = ROOT / "package-lock.json"
    told = json.loads(file.read_text())
    for package in told["packages"].values():
        package.pop("funding", None)
    file.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n")


def main() -> None:
    """Build all of it."""
    packages()
    MADE.mkdir(exist_ok=True)
    sprite()
    numbers()
    faces()
    npm("run", "build", "--loglevel=error")
    licenses()
    compress()


if __name__ == "__main__":
    lock() if sys.argv[1:] == ["lock"] else main()
