"""Opening and saving a page in JupyterLab changes nothing but what was typed, on every page."""

from __future__ import annotations

import difflib
from pathlib import Path

import nbformat
import pytest
from jupyter_server.services.contents.largefilemanager import LargeFileManager
from jupytext.sync_contentsmanager import build_sync_jupytext_contents_manager_class

from assessment.book.page_contents import page_files
from assessment.evidence import ROOT

PAGES = page_files()
# As JupyterLab's kernels name themselves, in the two orders in which their fields were seen.
KERNELS = (
    {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"},
    {"display_name": "Python 3.13 (local)", "language": "python", "name": "python3"},
)
LANGUAGE = {
    "name": "python",
    "version": "3.12.1",
    "pygments_lexer": "ipython3",
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "nbconvert_exporter": "python",
    "codemirror_mode": {"name": "ipython", "version": 3},
}


@pytest.fixture
def manager(tmp_path):
    """JupyterLab's contents manager in a folder that holds the project's settings."""
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    manager = build_sync_jupytext_contents_manager_class(LargeFileManager)()
    manager.root_dir = str(tmp_path)
    return manager


def save(manager, name: str, kernel: dict, change=lambda notebook: None) -> str:
    """The page's text after it was opened, run, changed and saved."""
    model = manager.get(name, type="notebook", content=True)
    notebook = nbformat.from_dict(model["content"])
    notebook.metadata |= {"kernelspec": kernel, "language_info": LANGUAGE}
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"opened-{number}"
        if cell.cell_type == "code":
            cell.execution_count = number
            cell.outputs = [nbformat.v4.new_output("stream", text="seen")]
            cell.metadata |= {"execution": {"iopub.status.busy": "now"}, "collapsed": False}
            cell.metadata["jupyter"] = {"source_hidden": False, "outputs_hidden": False}
    change(notebook)
    model["content"] = notebook
    manager.save(model, name)
    return Path(manager.root_dir, name).read_text(encoding="utf-8")


def changed_lines(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


@pytest.mark.parametrize("kernel", KERNELS, ids=["named", "other"])
@pytest.mark.parametrize("page", PAGES)
def test_saving_changes_nothing(page, kernel, manager, tmp_path):
    before = PAGES[page].read_text(encoding="utf-8")
    (tmp_path / "page.md").write_text(before, encoding="utf-8")
    assert changed_lines(before, save(manager, "page.md", kernel)) == []
    assert (tmp_path / "page.md").read_text(encoding="utf-8") == before


@pytest.mark.parametrize("page", ["index", "economics"])
def test_saving_one_sentence_changes_one_line(page, manager, tmp_path):
    before = PAGES[page].read_text(encoding="utf-8")
    (tmp_path / "page.md").write_text(before, encoding="utf-8")

    def one_sentence(notebook) -> None:
        cell = next(c for c in notebook.cells if c.cell_type == "markdown" and "## " in c.source)
        lines = cell.source.split("\n")
        place = next(n for n, line in enumerate(lines) if line and not line.startswith("#"))
        lines[place] += " One sentence more."
        cell.source = "\n".join(lines)

    lines = changed_lines(before, save(manager, "page.md", KERNELS[0], one_sentence))
    assert len(lines) == 2 and lines[1] == f"+{lines[0][1:]} One sentence more."


def test_settings_of_the_theme_survive_and_versions_are_not_written(manager, tmp_path):
    """A page with a key of the theme and an old kernel's name, as earlier editions had it."""
    page = tmp_path / "page.md"
    page.write_text(
        "---\njupytext:\n  text_representation:\n    extension: .md\n    format_name: myst\n"
        "kernelspec:\n  display_name: Python 3\n  language: python\n  name: python3\n"
        "html_theme.sidebar_secondary.remove: true\n---\n\n# Title\n",
        encoding="utf-8",
    )
    once = save(manager, "page.md", KERNELS[0])
    assert "html_theme.sidebar_secondary.remove: true" in once
    assert "version" not in once and "kernelspec" not in once
    assert save(manager, "page.md", KERNELS[1]) == once
