"""A file that is stopped half-way leaves nothing behind, whoever stops it."""

import os
import signal
import subprocess
import sys
import tempfile
import time

import pytest

from config.kit import files
from config.kit.files import TemporaryDownload, atomic_write, scratch_folder, stopping_in_order


def test_a_file_stands_at_its_place_only_when_all_of_it_is_written(tmp_path):
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"old")

    with atomic_write(target) as file:
        file.write(b"new")
        file.flush()
        assert target.read_bytes() == b"old"

    assert target.read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


def test_where_no_file_is_without_a_name_nothing_is_left_either(tmp_path, monkeypatch):
    monkeypatch.delattr(os, "O_TMPFILE")

    def stops():
        with atomic_write(tmp_path / "a.xlsx") as file:
            file.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        stops()
    assert list(tmp_path.iterdir()) == []

    with atomic_write(tmp_path / "a.xlsx") as file:
        file.write(b"whole")
    assert (tmp_path / "a.xlsx").read_bytes() == b"whole"


def test_where_a_file_cannot_be_named_later_its_bytes_are_copied(tmp_path, monkeypatch):
    def refuses(*args, **kwargs):
        raise PermissionError

    monkeypatch.setattr(os, "link", refuses)

    with atomic_write(tmp_path / "a.xlsx") as file:
        file.write(b"whole")

    assert (tmp_path / "a.xlsx").read_bytes() == b"whole"
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_program_leaves_no_file_where_the_file_was_to_be(tmp_path, number):
    program = (
        "import os, sys; from pathlib import Path; from config.kit.files import atomic_write\n"
        "with atomic_write(Path(sys.argv[1])) as file:\n"
        "    file.write(b'half'); file.flush(); os.kill(os.getpid(), int(sys.argv[2]))"
    )

    ended = subprocess.run([sys.executable, "-c", program, str(tmp_path / "a.xlsx"), str(int(number))])

    assert ended.returncode == -number
    assert list(tmp_path.iterdir()) == []


def test_a_command_told_to_end_tidies_up(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def works():
        with stopping_in_order(), scratch_folder() as folder:
            (folder / "part").write_bytes(b"half")
            signal.raise_signal(signal.SIGTERM)

    with pytest.raises(SystemExit) as end:
        works()

    assert end.value.code == 128 + signal.SIGTERM
    assert list(tmp_path.iterdir()) == []
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


def test_folders_of_killed_programs_go_and_those_at_work_stay(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    old, new, other = (tmp_path / name for name in (f"{files.PREFIX}old", f"{files.PREFIX}new", "else"))
    for folder in (old, new, other):
        folder.mkdir()
        (folder / "part").write_bytes(b"half")
    long_ago = time.time() - files.ABANDONED - 60
    for folder in (old, other):
        os.utime(folder, (long_ago, long_ago))

    with scratch_folder():
        assert not old.exists()

    assert {path.name for path in tmp_path.iterdir()} == {new.name, "else"}


def test_a_file_on_its_way_is_on_no_disk_once_it_is_open(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    with TemporaryDownload("a.txt", lambda target: target.write_bytes(b"whole")) as file:
        assert not list(tmp_path.rglob("a.txt"))
        assert file.read() == b"whole"

    assert list(tmp_path.iterdir()) == []
