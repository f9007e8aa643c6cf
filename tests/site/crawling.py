"""Walks the public site as a reader would: by following links."""

import re
from html import unescape
from urllib.parse import urldefrag, urlsplit

from django.db import connection
from django.test.utils import CaptureQueriesContext

START = ["/", "/en/", "/accessibility/", "/en/accessibility/", "/open-data/", "/open-data/programme.json", "/healthz"]
OFFICE = re.compile(r"^(/en)?/(admin|static|display)/")
MOST_PAGES = 900
NAMED_TWICE = 2  # filters combine without end; two at a time show every kind of page


def crawl(client, visit, *, most=MOST_PAGES):
    """Visit every page that can be reached from the front pages, `most` at most; returns how many there were."""
    waiting, visited = list(START), set(START)
    while waiting:
        address = waiting.pop(0)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        visit(address, response, content, len(queries))
        if "text/html" not in response.get("Content-Type", ""):
            continue
        for link in re.findall(r'(?:href|src|action)="([^"]+)"', content.decode()):
            link = urldefrag(unescape(link))[0]
            if link.startswith("?"):
                link = urlsplit(address).path + link
            if not link.startswith("/") or OFFICE.match(link) or link in visited:
                continue
            if urlsplit(link).query.count("=") <= NAMED_TWICE and len(visited) < most:
                visited.add(link)
                waiting.append(link)
    return len(visited)
