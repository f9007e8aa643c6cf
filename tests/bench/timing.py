"""How a cost is timed and said, and how much of everything is measured."""

import time

POSTS, SMALL, LARGE = 300, 10_000, 1_000_000
# Members of a roster that is written; of one that is read, which may have no more than `MOST_CELLS`.
MEMBERS, READ = 100_000, 5_000
ROUNDS, SECONDS, CONNECTIONS = 5, 1.0, 4


def timed(act, times, before=lambda: None):
    """Seconds of the quickest of so many calls: the sizes are measured apart, and other work only ever adds."""
    spans = []
    for _ in range(times):
        before()
        start = time.perf_counter()
        act()
        spans.append(time.perf_counter() - start)
    return min(spans)


def say(name, figure, ratio=""):
    print(f"{name:<58} {figure:>12}  {ratio}", flush=True)
