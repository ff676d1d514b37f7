"""Put what is built (styles, scripts, catalogues) into a released wheel."""

import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent


class Assets(BuildHookInterface[Any]):
    """Build the look and the catalogues before a wheel is packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build everything; an editable install takes what `make setup` has built."""
        if version == "editable":
            return
        subprocess.run([sys.executable, ROOT / "frontend" / "build.py"], check=True)  # noqa: S603
        catalogues = ROOT / "src/lianfang/ground/web/catalogues.py"
        runpy.run_path(str(catalogues))["compile_all"]()
