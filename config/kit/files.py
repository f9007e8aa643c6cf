"""How does a file that is stopped half-way leave nothing behind, even where its program is killed?"""

import io
import os
import secrets
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

PREFIX = "half-made-"
ABANDONED = 3600.0  # seconds after which such a folder counts as unused
MODE = 0o640


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder of its own for the parts of a file, gone at the end; folders of programs that were killed go first."""
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > ABANDONED:
                shutil.rmtree(left)
    with tempfile.TemporaryDirectory(prefix=PREFIX) as folder:
        yield Path(folder)


@contextmanager
def atomic_write(target: Path) -> Iterator[BinaryIO]:
    """A file to write, which stands at `target` only when all of it is written; OSError where it cannot stand there."""
    named = target.with_name(f".{target.name[:100]}.{secrets.token_hex(8)}")
    file, has_name = _opened(target.parent, named)
    try:
        with file:
            yield file
            file.flush()
            if not has_name:
                _name(file, named)
        os.chmod(named, MODE)
        os.replace(named, target)
    except BaseException:
        named.unlink(missing_ok=True)
        raise


def _opened(folder, named):
    """A file without a name where the system has such files: they vanish with the program that wrote them."""
    if hasattr(os, "O_TMPFILE") and Path("/proc/self/fd").is_dir():
        with suppress(OSError):
            return open(os.open(folder, os.O_TMPFILE | os.O_RDWR, 0o600), "w+b"), False
    return open(named, "x+b"), True


def _name(file, named):
    """Give a file without a name one; where the system cannot, its bytes go into a file that has one."""
    # With a folder's descriptor the call follows the link to the file that has no name yet.
    folder = os.open(named.parent, os.O_RDONLY)
    try:
        os.link(f"/proc/self/fd/{file.fileno()}", named, src_dir_fd=folder)
    except OSError:
        file.seek(0)
        with open(named, "xb") as copy:
            shutil.copyfileobj(file, copy)
    finally:
        os.close(folder)


class TemporaryDownload(io.FileIO):
    """A file made in a folder of its own and read once: closing it takes both from the disk."""

    def __init__(self, name: str, make: Callable):
        with ExitStack() as stack:
            target = stack.enter_context(scratch_folder()) / name
            make(target)
            super().__init__(target)
            with suppress(OSError):  # where an open file cannot be taken away, it goes with its folder
                target.unlink()
            self.left = stack.pop_all()

    def close(self):
        super().close()
        if left := getattr(self, "left", None):
            left.close()


@contextmanager
def stopping_in_order() -> Iterator[None]:
    """Raise SystemExit on SIGTERM and SIGHUP, so that a command cleans up as it does on Ctrl-C."""

    def end(number, frame):
        raise SystemExit(128 + number)

    before = {
        number: signal.signal(number, end) for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM))
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
