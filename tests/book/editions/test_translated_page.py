"""A translated chapter: sentences, captions and the numbers inside them, through Sphinx itself."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

pytestmark = pytest.mark.slow  # builds
CONF = """
extensions = ["myst_nb", "repair"]
locale_dirs, gettext_compact, language, root_doc = ["locale"], False, "nb", "page"
nb_execution_mode, myst_enable_extensions = "force", ["colon_fence", "dollarmath"]
numfig, exclude_patterns = True, ["jupyter_execute", "out"]
import os, sys; sys.path.insert(0, os.path.abspath("."))
"""
REPAIR = """
from assessment.book.editions.translated_pages import MarkEnglish
from assessment.book.sphinx.computed_role import ComputedRole
def setup(app):
    app.setup_extension("myst_nb")
    app.add_role_to_domain("glue", "text", ComputedRole(), override=True)
    app.add_transform(MarkEnglish)
"""
PAGE = """---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {display_name: Python 3, language: python, name: python3}
---

# A heading

```{code-cell} ipython3
:tags: [remove-cell]
from myst_nb import glue
glue("gain", "2.5", display=False)
```

The gain is {glue:text}`gain` years.
It is small.

```{code-cell} ipython3
---
mystnb:
  figure:
    name: fig-one
    caption: The caption says {glue:text}`gain`.
---
"a picture"
```

- See {numref}`fig-one`.
- Left in English.

:::{note}
Inside a box.
:::
"""
WORDS = {
    "A heading": "En overskrift",
    "The gain is {glue:text}`gain` years. It is small.": "Gevinsten er {glue:text}`gain` år.",
    "The caption says {glue:text}`gain`.": "Bildeteksten sier {glue:text}`gain`.",
    "See {numref}`fig-one`.": "Se {numref}`fig-one`.",
    "Inside a box.": "Inni en boks.",
}


@pytest.fixture(scope="module")
def page(tmp_path_factory) -> str:
    root: Path = tmp_path_factory.mktemp("translated")
    for name, text in (("conf.py", CONF), ("repair.py", REPAIR), ("page.md", PAGE)):
        (root / name).write_text(text, encoding="utf-8")
    catalogue = Catalog(locale="nb", charset="utf-8")
    for english, norwegian in WORDS.items():
        catalogue.add(english, norwegian)
    folder = root / "locale" / "nb" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "page.mo").open("wb") as file:
        write_mo(file, catalogue)
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", str(root)]
    done = subprocess.run([*command, str(root / "out")], capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return (root / "out" / "page.html").read_text(encoding="utf-8")


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


@pytest.mark.parametrize(
    "said",
    [
        "En overskrift",
        "Gevinsten er 2.5 år.",
        "Bildeteksten sier 2.5.",
        "Inni en boks.",
    ],
)
def test_sentences_captions_and_their_numbers_are_translated(page, said):
    assert said in text_of(page)


def test_a_reference_inside_a_translation_leads_to_the_figure(page):
    assert re.search(r'Se <a class="reference internal" href="#fig-one">', page)


def test_addresses_stay_those_of_the_english_page(page):
    assert 'id="a-heading"' in page


def test_a_sentence_without_translation_says_that_it_is_english(page):
    assert re.search(r'<p[^>]*lang="en"[^>]*>Left in English', page)
