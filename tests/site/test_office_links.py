"""No link of the office leads the person who sees it to a refusal or an error."""

import re
from html import unescape
from urllib.parse import urldefrag, urlsplit

import pytest
from django.contrib.auth import get_user_model

MOST_PAGES = 40


@pytest.mark.same_everywhere
@pytest.mark.django_db
@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("name", ["street", "secretary-a", "publicity-a", "discipline", "keeper", "cashier"])
def test_every_link_of_the_office_opens_for_who_sees_it(client, name):
    client.force_login(get_user_model().objects.get(username=name))
    # The whole menu, not only the entries of the role.
    waiting, visited = ["/admin/menu/open/?next=/admin/"], {"/admin/"}

    while waiting:
        address = waiting.pop(0)
        response = client.get(address, follow=True)
        assert response.status_code == 200, (name, address)
        if response.streaming:
            assert b"".join(response.streaming_content)
            continue
        if "text/html" not in response["Content-Type"]:
            continue
        for link in re.findall(r'href="([^"]+)"', response.content.decode()):
            link = urldefrag(unescape(link))[0]
            link = urlsplit(address).path + link if link.startswith("?") else link
            is_page = link.startswith("/admin/") and "?next=" not in link
            if is_page and link not in visited and len(visited) < MOST_PAGES:
                visited.add(link)
                waiting.append(link)

    assert len(visited) > 30
