"""Whether every acknowledged booking is there once after processes were killed at any moment."""

import json
import subprocess
import sys

from config.environment import BASE_DIR
from tests.fund.test_races import surroundings  # noqa: F401  the fixture

KILLS = 200


def test_what_was_acknowledged_is_booked_once_however_many_processes_are_killed(surroundings):  # noqa: F811
    said = subprocess.run(
        [sys.executable, "-m", "tests.fund.post_while_killed", str(KILLS), "2018"],
        cwd=BASE_DIR,
        env=surroundings,
        check=True,
        capture_output=True,
        timeout=180,
    )

    report = json.loads(said.stdout)
    assert report["errors"] == []
    numbers, keys = zip(*report["booked"], strict=True)
    assert list(numbers) == list(range(1, len(numbers) + 1))
    assert len(set(keys)) == len(keys)
    for series, acknowledged in report["acknowledged"].items():
        mine = {int(key.partition("-")[2]) for key in keys if key.startswith(f"{series}-")}
        # None is missing and none was acknowledged out of turn; of the last one the answer may have been lost.
        assert acknowledged == list(range(len(acknowledged)))
        assert mine - set(acknowledged) <= {len(acknowledged)}
        assert set(acknowledged) <= mine
    assert len(numbers) > KILLS
    subprocess.run([sys.executable, "manage.py", "verify"], cwd=BASE_DIR, env=surroundings, check=True)
