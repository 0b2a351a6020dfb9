"""Facts and documents that pages name: known ones pass, others are told with line and nearest name."""

from __future__ import annotations

import shutil

import pytest

from assessment.book.named_in_pages import names_in_page, unknown_names
from assessment.evidence import DATA, REFERENCES, ROOT, load_facts, load_sources

FACT, DOCUMENT = "cabinet.pfs.pnet.hazard_ratio", "chan2024esmo"
PAGE = f"""---
a: b
---

# Title

It was {{fact}}`{FACT}|value` {{cite:p}}`{DOCUMENT},chan2024`.

% Not seen: {{fact}}`a.b`

```text
{{fact}}`a.b`
```

Write ``{{fact}}`a.b` `` or ``{{cite:p}}`x` ``.

```{{code-cell}} ipython3
---
mystnb:
  figure:
    caption: Against {{fact}}`cabinet.pfs.pnet.hazzard_ratio|bare`.
---
f()
```

## Waits

% needs: no.such.fact

The {{fact}}`no.such.fact` is not known yet.
"""


@pytest.fixture
def book(tmp_path):
    shutil.copytree(DATA, tmp_path / DATA.relative_to(ROOT))
    shutil.copytree(REFERENCES.parent, tmp_path / REFERENCES.parent.relative_to(ROOT))
    (tmp_path / "chapters").mkdir()
    (tmp_path / "index.md").write_text(PAGE, encoding="utf-8")
    return tmp_path


def test_names_are_found_with_their_lines():
    assert list(names_in_page(PAGE)) == [
        (7, "fact", FACT),
        (7, "cite:p", DOCUMENT),
        (7, "cite:p", "chan2024"),
        (21, "fact", "cabinet.pfs.pnet.hazzard_ratio"),
        (30, "fact", "no.such.fact"),
    ]


def test_unknown_names_are_told_but_not_those_of_sections_that_wait(book):
    document, fact = unknown_names(book)
    assert document.startswith("index.md, line 7: there is no document 'chan2024' in references/")
    assert "Nearest keys: chan202" in document and "Next step: correct the key" in document
    assert "index.md, line 21: there is no fact 'cabinet.pfs.pnet.hazzard_ratio' in" in fact
    assert f"Nearest ids: {FACT} (data/facts/cabinet.csv, row " in fact and ".." not in fact


def test_this_book_names_only_what_is_there():
    assert not list(unknown_names())
    assert DOCUMENT in load_sources() and FACT in load_facts()
