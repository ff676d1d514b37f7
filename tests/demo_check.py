"""`make demo-check`: the demo without a screen: load it, serve it, write its bulletin."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

COMMAND = str(Path(sys.executable).parent / "lianfang")
FORMATS = ("json", "docx", "pdf", "xlsx", "png")
PATIENCE_SECONDS = 600
AT_REST = {0, -signal.SIGINT, -signal.SIGTERM, 128 + signal.SIGINT}


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as ear:
        ear.bind(("127.0.0.1", 0))
        return int(ear.getsockname()[1])


def ready(port: int) -> bool:
    """Tell whether the demo answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def wait(demo: "subprocess.Popen[bytes]", port: int) -> None:
    """Wait until the demo is loaded and served."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not ready(port):
        if demo.poll() is not None:
            sys.exit(f"demo-check: the demo ended with {demo.returncode} before it was served.")
        if time.monotonic() > until:
            sys.exit("demo-check: the demo was not ready in ten minutes.")
        time.sleep(0.5)


def write(place: Path, surroundings: dict[str, str]) -> None:
    """Write the bulletin in every format, each not empty."""
    for kind in FORMATS:
        out = place / f"bulletin.{kind}"
        words = [COMMAND, "bulletin", "--format", kind, "--out", str(out)]
        subprocess.run(words, env=surroundings, check=True)
        size = out.stat().st_size
        if size == 0:
            sys.exit(f"demo-check: the bulletin as {kind} is empty.")
        print(f"demo-check: bulletin as {kind}, {size} bytes")  # noqa: T201


def main() -> None:
    """Do it in a directory that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="lianfang-demo-") as name:
        surroundings = {key: text for key, text in os.environ.items() if key != "DATABASE_URL"}
        surroundings["LIANFANG_DATA"] = name
        port = free_port()
        words = [COMMAND, "demo", "--no-browser", "--port", str(port)]
        with subprocess.Popen(words, env=surroundings) as demo:
            try:
                wait(demo, port)
                write(Path(name), surroundings | {"LIANFANG_DATA": str(Path(name) / "demo")})
            finally:
                demo.send_signal(signal.SIGINT)
                demo.wait(60)
        if demo.returncode not in AT_REST:
            sys.exit(f"demo-check: the demo did not stop as asked ({demo.returncode}).")
    print("demo-check: all well")  # noqa: T201


if __name__ == "__main__":
    main()
