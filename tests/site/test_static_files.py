"""Pages stand where the static files were not collected yet, and a collected file has a name of its own."""

import pytest
from django.core.files.base import ContentFile

from config.static_files import StaticFiles


def test_a_page_without_collected_files_still_stands(client, db, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "config.static_files.StaticFiles"}}

    assert client.get("/").status_code == 200
    assert client.get("/nothing-here/").status_code == 404


def test_a_collected_file_is_named_by_its_content(tmp_path):
    storage = StaticFiles(location=tmp_path, base_url="/static/")
    storage.save("a.css", ContentFile(b"p{}"))

    assert storage.url("a.css", force=True) != "/static/a.css"
    assert storage.url("b.css", force=True) == "/static/b.css"


def test_a_missing_file_is_said_while_collecting(tmp_path):
    storage = StaticFiles(location=tmp_path, base_url="/static/")
    storage.start_tracking_new_files(set())

    with pytest.raises(ValueError, match=r"missing\.txt"):
        storage.hashed_name("missing.txt")
