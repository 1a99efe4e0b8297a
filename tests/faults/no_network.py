"""Watches every system call of the command line and of the window for an Internet socket.

    python tests/faults/no_network.py

Needs strace. Makes the demonstration, then pictures of every page, under `strace -f`; ends with 1 when any of
their processes asked the system for an AF_INET or AF_INET6 socket.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PICTURES = "import pathlib, sys; from ivaudit.ui.pictures import write; write(pathlib.Path(sys.argv[1]))"
INTERNET = re.compile(r"socket\(AF_INET6?\b[^\n]*")


def watched(place: Path, title: str, *words: str) -> list[str]:
    """Run the program under strace and return the Internet sockets it asked for."""
    trace = place / f"{title}.strace"
    command = ["strace", "-f", "-qq", "-e", "trace=socket", "-o", str(trace), sys.executable, *words]
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(place),
        "PYTHONPATH": str(PROJECT),
    }
    subprocess.run(command, cwd=place, env=environment, check=True, capture_output=True)
    return INTERNET.findall(trace.read_text(encoding="utf-8"))


def main() -> int:
    """Watch both, and say what was seen."""
    if shutil.which("strace") is None:
        print("strace is not on this machine: nothing was watched.")
        return 0
    with tempfile.TemporaryDirectory(prefix="ivaudit-strace-") as name:
        place, images = Path(name), Path(name) / "images"
        seen = watched(place, "demo", "-m", "ivaudit", "demo", "--out", str(place / "demo"))
        seen += watched(place, "window", "-c", PICTURES, str(images))
        painted = len(list(images.glob("*.png")))
    print(f"Pages painted: {painted}")
    print(f"Internet sockets: {len(seen)}")
    for call in seen:
        print(f"  {call}")
    return 1 if seen or not painted else 0


if __name__ == "__main__":
    sys.exit(main())
