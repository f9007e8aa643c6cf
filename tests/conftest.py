"""The suite's surroundings: keys of its own, SQLite by default, PostgreSQL with TEST_DB=pg, a browser where asked."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 50)
os.environ.setdefault("FIELD_KEYS", "test:" + "11" * 32)
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright's loop and the ORM share a thread

import pytest


@pytest.fixture(autouse=True)
def quick_surroundings(settings, tmp_path):
    """Plain static names (no manifest on a clean clone), quick password hashes, media that vanish."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "media"
