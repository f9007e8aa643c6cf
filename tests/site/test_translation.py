"""Every word people read has its Chinese, with the same placeholders; the tool that sees to it can be trusted."""

import pytest
from django.core.checks import run_checks
from django.utils.translation import gettext, ngettext, npgettext, override, pgettext

from config import catalogues, translation
from config.checks import TAG


@pytest.fixture
def small_project(tmp_path, monkeypatch):
    """A project of two files in a folder of its own."""
    for folder in translation.FOLDERS:
        (tmp_path / folder).mkdir()
    (tmp_path / "templates" / "fund").mkdir(parents=True)
    (tmp_path / "fund" / "a.py").write_text('from x import gettext as _\n_("income")\n_("%(n)s rows")\n')
    (tmp_path / "templates" / "fund" / "b.html").write_text(
        '{% load i18n %}<p>{% translate "spending" %}</p>\n   {% blocktranslate trimmed %}\n  two\n words{% endblocktranslate %}'
    )
    monkeypatch.setattr(translation, "BASE_DIR", tmp_path)
    monkeypatch.setattr(catalogues, "BASE_DIR", tmp_path)
    return tmp_path


def test_nothing_is_untranslated():
    assert translation.missing() == []


def test_words_of_code_and_of_templates_are_found(small_project):
    missing = translation.update()

    assert {message for message, _problem in missing} == {"income", "%(n)s rows", "spending", "two words"}


def test_a_translation_survives_an_update_and_what_nothing_says_is_dropped(small_project):
    translation.update()
    path = translation.catalogue_path()
    path.write_text(path.read_text().replace('msgid "income"\nmsgstr ""', 'msgid "income"\nmsgstr "收入"'))
    (small_project / "templates" / "fund" / "b.html").unlink()

    translation.update()

    text = path.read_text()
    assert 'msgstr "收入"' in text
    assert "spending" not in text


def test_a_placeholder_that_got_lost_is_told(small_project):
    translation.update()
    path = translation.catalogue_path()
    path.write_text(path.read_text().replace('msgid "%(n)s rows"\nmsgstr ""', 'msgid "%(n)s rows"\nmsgstr "行"'))

    problems = dict(translation.missing())

    assert "placeholders" in problems["%(n)s rows"]


def test_the_catalogue_is_compiled_beside_its_source_and_leaves_nothing_else(small_project):
    translation.update()

    assert catalogues.compile_catalogue()

    folder = translation.catalogue_path().parent
    assert sorted(path.name for path in folder.iterdir()) == ["django.mo", "django.po"]
    assert not catalogues.is_stale()


def test_a_catalogue_that_cannot_be_written_is_named_by_the_checks(small_project, monkeypatch):
    translation.update()

    def refuses(*args, **kwargs):
        raise PermissionError

    monkeypatch.setattr(catalogues.tempfile, "mkstemp", refuses)

    assert not catalogues.compile_catalogue()
    errors = [error for error in run_checks(tags=[TAG]) if error.id == "yure.E005"]
    assert "not compiled" in errors[0].msg


def test_no_other_catalogue_speaks_in_place_of_ours():
    other = []
    with override("zh-hans"):
        for message in translation.read_catalogue():
            if message.id:
                said = _read(message.id, message.context)
                wanted = message.string if isinstance(message.string, str) else message.string[0]
                other += [] if said == wanted else [(message.context, message.id, wanted, said)]

    assert other == []


def _read(message, context):
    if isinstance(message, tuple):
        return npgettext(context, *message, 2) if context else ngettext(*message, 2)
    return pgettext(context, message) if context else gettext(message)
