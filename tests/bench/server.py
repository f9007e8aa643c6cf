"""How many pages the production server answers, kept ones and others."""

import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import defaultdict
from pathlib import Path

from tests.bench.timing import CONNECTIONS, ROUNDS, SECONDS, say


def served():
    """The board against /healthz over keep-alive connections of the production server, turn by turn."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [
            Path(sys.executable).with_name("granian"), "--interface", "wsgi", "--no-ws", "--host", "127.0.0.1", "--port",
            str(port), "--workers", "1", "--blocking-threads", "4", "--workers-kill-timeout", "10", "--log-level", "error",
            "config.wsgi:application",
        ]
    )  # fmt: skip
    try:
        etag = warm_up(port)
        paths = {
            "/healthz": ("/healthz", ""),
            "the board": ("/fund/", ""),
            "the board, 304": ("/fund/", f"If-None-Match: {etag}\r\n"),
            "a statement": ("/fund/statements/mutual-aid-2018-2/", ""),
        }
        rates = defaultdict(list)
        for _ in range(ROUNDS):
            for name, (path, header) in paths.items():
                rates[name].append(rate(port, path, header))
    finally:
        server.terminate()
        server.wait(timeout=20)
    for name, speed in rates.items():
        ratio = statistics.median(value / bare for value, bare in zip(speed, rates["/healthz"], strict=True))
        say(f"{name}, served", f"{statistics.median(speed):,.0f} /s", f"× {ratio:.2f} of /healthz's requests a second")


def warm_up(port):
    """The ETag of the board, once the server answers."""
    from urllib.error import URLError
    from urllib.request import urlopen

    for _ in range(100):
        try:
            with urlopen(f"http://127.0.0.1:{port}/fund/") as answer:
                return answer.headers["ETag"]
        except URLError:
            time.sleep(0.2)
    raise SystemExit("The server does not answer.")


def rate(port, path, header):
    """Requests a second over CONNECTIONS connections that stay open."""
    counts, until = [0] * CONNECTIONS, time.perf_counter() + SECONDS

    def ask(place):
        request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{header}\r\n".encode()
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while time.perf_counter() < until:
                connection.sendall(request)
                read_answer(connection)
                counts[place] += 1

    threads = [threading.Thread(target=ask, args=(place,)) for place in range(CONNECTIONS)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - start)


def read_answer(connection):
    received = connection.recv(262_144)
    while b"\r\n\r\n" not in received:
        received += connection.recv(262_144)
    head, _, body = received.partition(b"\r\n\r\n")
    head = head.lower()
    if b" 304 " in head[:14]:
        return
    if b"transfer-encoding: chunked" in head:
        while not body.endswith(b"0\r\n\r\n"):
            body += connection.recv(262_144)
        return
    missing = int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0]) - len(body)
    while missing > 0:
        missing -= len(connection.recv(262_144))
