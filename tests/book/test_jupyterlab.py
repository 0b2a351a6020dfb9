"""Opening and saving a page in JupyterLab changes nothing but what was typed, on every page."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from pathlib import Path

import jupytext
import nbformat
import pytest
from jupyter_server.services.contents.largefilemanager import LargeFileManager
from jupytext.sync_contentsmanager import build_sync_jupytext_contents_manager_class

from assessment.book.page_contents import page_files
from assessment.evidence import ROOT

PAGES = page_files() | {path.stem: path for path in (ROOT / "notebooks").glob("*.md")}
# What JupyterLab writes into a notebook's header as soon as its kernel has started.
KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
LANGUAGE = {
    "name": "python",
    "version": "3.12.1",
    "pygments_lexer": "ipython3",
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "nbconvert_exporter": "python",
    "codemirror_mode": {"name": "ipython", "version": 3},
}
# What it notes in cells about its own windows: folded, hidden, opened in the panel of properties.
WINDOWS = {
    "collapsed": False,
    "editable": True,
    "slideshow": {"slide_type": ""},
    "jupyter": {"source_hidden": False, "outputs_hidden": True},
    "jp-MarkdownHeadingCollapsed": True,
}
# A page as earlier editions had it: another order, another name of the kernel, a key of the theme.
EARLIER = (ROOT / "tests/cases/16-jupyterlab-save/before.md").read_text(encoding="utf-8")
AS_SAVED = "The page is not as JupyterLab saves it: type `make format`."


@pytest.fixture
def manager(tmp_path):
    """JupyterLab's contents manager in a folder that holds the project's settings."""
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    manager = build_sync_jupytext_contents_manager_class(LargeFileManager)()
    manager.root_dir = str(tmp_path)
    return manager


def saved(
    manager, text: str, change: Callable = lambda notebook: None, started: bool = True
) -> str:
    """``text`` as it stands after a page that held it was opened, changed and saved; ``started``:
    with a kernel, every cell run, and traces of JupyterLab's windows in the cells.
    """
    page = Path(manager.root_dir, "page.md")
    page.write_text(text, encoding="utf-8")
    model = manager.get("page.md", type="notebook", content=True)
    notebook = nbformat.from_dict(model["content"])
    if started:
        notebook.metadata |= {"kernelspec": KERNEL, "language_info": LANGUAGE}
        for number, cell in enumerate(notebook.cells):
            cell["id"] = f"opened-{number}"
            cell.metadata |= WINDOWS
            if cell.cell_type == "code":
                cell.execution_count = number
                cell.outputs = [nbformat.v4.new_output("stream", text="seen")]
                cell.metadata |= {"execution": {"iopub.status.busy": "now"}, "scrolled": True}
    change(notebook)
    manager.save({"type": "notebook", "content": notebook}, "page.md")
    return page.read_text(encoding="utf-8")


def changed_lines(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


@pytest.mark.parametrize("started", [False, True], ids=["only opened", "run"])
@pytest.mark.parametrize("page", PAGES)
def test_saving_changes_nothing(page, started, manager):
    before = PAGES[page].read_text(encoding="utf-8")
    after = saved(manager, before, started=started)
    assert changed_lines(before, after) == [], AS_SAVED
    assert after == before, AS_SAVED


@pytest.mark.parametrize("page", PAGES)
def test_saving_one_sentence_changes_one_line(page, manager):
    def one_sentence(notebook) -> None:
        cell = next(c for c in notebook.cells if c.cell_type == "markdown")
        lines = cell.source.split("\n")
        place = max(n for n, line in enumerate(lines) if line[:1].isalpha() or line[:1] == "#")
        lines[place] += " One sentence more."
        cell.source = "\n".join(lines)

    before = PAGES[page].read_text(encoding="utf-8")
    taken, given = changed_lines(before, saved(manager, before, one_sentence))
    assert given == f"+{taken[1:]} One sentence more."


def test_one_word_in_a_caption_changes_nothing_outside_it(manager):
    def one_word(notebook) -> None:
        cell = next(c for c in notebook.cells if "figure" in c.metadata.get("mystnb", {}))
        cell.metadata["mystnb"]["figure"]["caption"] += " Again."

    before = PAGES["economics"].read_text(encoding="utf-8")
    lines = changed_lines(before, saved(manager, before, one_word))
    assert lines[-1].rstrip("'").endswith(" Again.") and all(
        line[1:7] == " " * 6 for line in lines[1:]
    )


def test_keys_of_the_header_survive_and_versions_are_not_written(manager):
    extra = EARLIER.replace("\n---\n\n", "\ntocdepth: 2\nauthor: Somebody\n---\n\n")
    once = saved(manager, extra)
    assert "html_theme.sidebar_secondary.remove: true\n" in once
    assert "tocdepth: 2\n" in once and "author: Somebody\n" in once and "version" not in once
    assert saved(manager, once) == once and saved(manager, once, started=False) == once


def test_options_of_cells_survive(manager):
    cell = "\n```{code-cell} ipython3\n:tags: [hide-input]\n:name: here\n\n1\n```\n"
    once = saved(manager, EARLIER + cell)
    assert ":name: here\n" in once and saved(manager, once) == once


def test_captions_are_kept_to_the_letter(manager):
    """Long captions are laid on several lines; what they say stays one paragraph, with its roles."""
    sentence = "Read *across*: it's {glue:text}`a_long.name|value` of what 'one' {nb}`går an` is. "
    caption = 4 * sentence + "So."
    options = f'---\nmystnb:\n  figure:\n    caption: "{caption}"\n---\n'
    cell = "```{code-cell} ipython3\n" + options + "1\n```\n"
    once = saved(manager, EARLIER + "\n" + cell)
    figure = jupytext.reads(once, "md:myst").cells[1].metadata["mystnb"]["figure"]
    assert figure["caption"] == caption and saved(manager, once) == once
