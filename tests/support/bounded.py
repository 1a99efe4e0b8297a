"""A foreign file read in a process of its own, with what the reading cost."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

SECONDS, MEGABYTES = 5.0, 200
"""What reading a hostile file may cost at most; of processor, so that a busy machine fails no test."""

_STUCK = 60
_READ = """
import sys, time
from importlib import import_module
from pathlib import Path
from ivaudit.domain.errors import UnreadableFile
module, name, path = sys.argv[1:]
try:
    getattr(import_module(module), name)(Path(path))
    print("lu")
except UnreadableFile as error:
    sys.stdout.buffer.write(error.sentence.encode() + b"\\n")
status = Path("/proc/self/status")
lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
print(next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0))
print(time.process_time())
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a reader said («lu», or its sentence), its megabytes at most and its seconds of processor."""

    said: str
    megabytes: int
    seconds: float

    @property
    def small(self) -> bool:
        """Tell whether it stayed within what a hostile file may cost."""
        return self.seconds < SECONDS and self.megabytes < MEGABYTES


def cost_of_reading(module: str, name: str, path: Path) -> Cost:
    """Return what reading a file costs.

    Args:
        module: where the reader is.
        name: the reader, called with the path alone.
        path: the file.
    """
    done = subprocess.run(
        [sys.executable, "-c", _READ, module, name, str(path)],
        capture_output=True,
        check=True,
        timeout=_STUCK,
    )
    said, megabytes, seconds = done.stdout.decode().splitlines()
    return Cost(said, int(megabytes), float(seconds))
