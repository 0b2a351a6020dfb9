"""What Jupyter Book is told when it builds the book in another language."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml


@dataclass(frozen=True)
class Edition:
    """An edition of the book, from ``locale/<language>/edition.yml``.

    ``name`` is the language's own name; ``title`` that of the book; ``captions`` those of the
    table of contents by their English; ``pages``: those that are translated, as _toc.yml names
    them; ``toc_title`` stands above the headings of a page; ``sphinx`` holds settings of Sphinx.
    """

    language: str
    name: str
    title: str
    captions: dict[str, str]
    pages: tuple[str, ...]
    toc_title: str
    sphinx: dict


def load_edition(root: Path, language: str) -> Edition:
    """The edition as its file describes it.

    Raises FileNotFoundError when the language has no such file.
    """
    file = root / "locale" / language / "edition.yml"
    said = yaml.safe_load(file.read_text(encoding="utf-8"))
    return Edition(language, **said | {"pages": tuple(said["pages"])})


def editions(root: Path) -> list[Edition]:
    """Every edition that the book has beside the English one."""
    return [load_edition(root, f.parent.name) for f in sorted(root.glob("locale/*/edition.yml"))]


def config(root: Path, edition: Edition) -> dict:
    """The settings of ``_config.yml`` with those of the edition."""
    english = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    sphinx = english["sphinx"]["config"] | edition.sphinx
    theme = sphinx["html_theme_options"] | {"toc_title": edition.toc_title}
    sphinx |= {"html_theme_options": theme}
    return english | {"title": edition.title, "sphinx": english["sphinx"] | {"config": sphinx}}


def contents(toc: Path, edition: Edition) -> dict:
    """The table of contents with the pages of the edition, and captions in its language."""
    found = yaml.safe_load(toc.read_text(encoding="utf-8"))
    for part in found.get("parts", ()):
        part["caption"] = edition.captions.get(part["caption"], part["caption"])
        part["chapters"] = [p for p in part["chapters"] if p["file"] in edition.pages]
    found["parts"] = [part for part in found.get("parts", ()) if part["chapters"]]
    return found


def write_settings(folder: Path, root: Path, edition: Edition) -> list[str]:
    """Writes both files into ``folder``; returns the words of a command that name them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, said in (
        ("_config.yml", config(root, edition)),
        ("_toc.yml", contents(root / "_toc.yml", edition)),
    ):
        text = yaml.safe_dump(said, allow_unicode=True, sort_keys=False)
        (folder / name).write_text(text, encoding="utf-8")
    return ["--config", str(folder / "_config.yml"), "--toc", str(folder / "_toc.yml")]
