"""Catalogues of translations: what is behind, what does not fit its English, what is missing."""

from __future__ import annotations

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from assessment.book.editions import catalogues
from assessment.presentation.language import ENGLISH, LOCALE, MARKS

LANGUAGES = sorted(set(MARKS) - {ENGLISH})


def test_a_changed_sentence_is_behind_and_shown_in_english(tmp_path):
    template = Catalog(charset="utf-8")
    template.add("The receptor is blocked at lower concentrations than any other kinase.")
    path = catalogues.update("nb", "page", template, tmp_path)
    kept = catalogues.read(path, "nb")
    message = next(m for m in kept if m.id)
    message.string = "Reseptoren blokkeres ved lavere konsentrasjoner enn noen annen kinase."
    with path.open("wb") as file:
        write_po(file, kept)
    assert not list(catalogues.faults(path, "nb"))

    changed = Catalog(charset="utf-8")
    changed.add("The receptor is blocked at far lower concentrations than any other kinase.")
    catalogues.update("nb", "page", changed, tmp_path)
    assert [f.kind for f in catalogues.faults(path, "nb")] == ["behind"]
    [made] = catalogues.compile_all("nb", tmp_path)
    assert b"blokkeres" not in made.read_bytes()


@pytest.mark.parametrize(
    ("english", "translated", "kind"),
    [
        ("{low} to {high}", "{low} til {hoy}", "places differ"),
        ("It takes {fact}`a.b` days.", "Det tar dager.", "roles differ"),
        ("It takes {fact}`a.b|value` days.", "Det tar {fact}`a.b` dager.", "roles differ"),
        ("On 1 March.", "1. mars.", "begins a list or heading, and would be left in English"),
    ],
)
def test_a_translation_that_loses_something_is_told(tmp_path, english, translated, kind):
    assert kinds_of_faults(tmp_path, english, translated) == [kind]


def test_a_translation_may_drop_the_mark_of_words_in_its_own_language(tmp_path):
    found = kinds_of_faults(tmp_path, "The {nb}`bestilling` is made.", "Bestillingen er gjort.")
    assert found == []


def kinds_of_faults(folder, english: str, translated: str) -> list[str]:
    """The faults of a catalogue with one message."""
    catalogue = Catalog(locale="nb", charset="utf-8")
    catalogue.add(english, translated)
    path = folder / "page.po"
    with path.open("wb") as file:
        write_po(file, catalogue)
    return [f.kind for f in catalogues.faults(path, "nb")]


@pytest.mark.parametrize("path", sorted(LOCALE.rglob("*.po")), ids=lambda p: p.stem)
def test_what_is_translated_fits_its_english(path):
    found = catalogues.faults(path, path.relative_to(LOCALE).parts[0])
    assert not [str(f) for f in found if f.kind not in ("behind", "not translated")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_of_the_code_stands_in_the_catalogue(language):
    path = LOCALE / language / "LC_MESSAGES" / "assessment.po"
    wanted = {m.id for m in catalogues.from_code() if m.id}
    there = {m.id for m in catalogues.read(path, language) if m.id}
    assert wanted == there, f"run make words LANG={language}"


def test_compiling_twice_gives_the_same_bytes():
    once = [path.read_bytes() for path in catalogues.compile_all("nb")]
    assert once == [path.read_bytes() for path in catalogues.compile_all("nb")]
