"""A cell that fails is told with its page, its line and its exception, and nothing hides it."""

from __future__ import annotations

from types import SimpleNamespace

import nbformat
import pytest
from jupyter_cache.executors.utils import single_nb_execution

from assessment.book.building import logged_run
from assessment.book.building.jupyter_book_run import JupyterBookRun
from assessment.book.building.logged_run import why_it_failed
from assessment.book.chapters.cell_reports import FAILED, RUNNING, cell_failure

pytestmark = pytest.mark.slow

CHAPTER = """# Glossary

Words.

```{{code-cell}} ipython3
:tags: [hide-input]

a = 1
{statement}
```
"""


def myst_nb_says(cell: str) -> str:
    """What myst-nb logs of a cell that fails (myst_nb.core.execute.cache)."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)])
    result = single_nb_execution(notebook, cwd=".", allow_errors=False, timeout=60)
    name = type(result.err).__name__
    return f"Executing notebook failed: {name}\n{result.exc_string} [mystnb.exec]"


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("x = a / 0", "ZeroDivisionError: division by zero"),
        ("raise ValueError('row 3:\\n\\n  allowed: 1')", "ValueError: row 3:\n  allowed: 1"),
        ("print('shown')\nx = [][1]", "IndexError: list index out of range"),
        ("x = (", "SyntaxError: "),
    ],
)
def test_a_failed_cell_is_named_with_its_line(statement, expected):
    said = myst_nb_says(f"a = 1\n{statement}")
    told = cell_failure("chapters/glossary.md", CHAPTER.format(statement=statement), said)
    line = 9 + statement.startswith("print")
    assert told.startswith(f"chapters/glossary.md, line {line}: {expected}"), told


def test_what_has_no_traceback_is_told_as_it_is():
    said = "Executing notebook failed: DeadKernelError\nDeadKernelError: Kernel died [mystnb.exec]"
    assert cell_failure("a.md", "# A", said) == "a.md: DeadKernelError: Kernel died"


blank = " "  # Sphinx writes it
LOG = f"""Running Jupyter-Book
[IPKernelApp] WARNING | Kernel is running over TCP without encryption.

{RUNNING}chapters/pico.md


{FAILED}chapters/glossary.md, line 9: DataError: wrong
  data/facts/cabinet.csv, row 3

[IPKernelApp] WARNING | Kernel is running over TCP without encryption.
myst_nb.core.execute.base.ExecutionError: /a/chapters/glossary.md
RuntimeError:{blank}
/a/chapters/pico.md:3: WARNING: unknown document
"""


def test_the_log_is_told_without_its_noise():
    assert why_it_failed(LOG) == [
        "chapters/glossary.md, line 9: DataError: wrong\n  data/facts/cabinet.csv, row 3",
        "/a/chapters/pico.md:3: WARNING: unknown document",
    ]


def test_sphinx_s_processes_tell_which_cell_failed(tmp_path, capfd):
    """A book of three chapters, read side by side as jupyter-book does; one has a wrong cell."""
    (tmp_path / "_toc.yml").write_text(
        "format: jb-book\nroot: index\nchapters: [{file: good}, {file: bad}]\n", encoding="utf-8"
    )
    (tmp_path / "_config.yml").write_text(
        "execute: {execute_notebooks: cache}\nsphinx:\n  local_extensions: {own: .}\n"
        "  config: {nb_execution_raise_on_error: true, nb_execution_show_tb: true}\n",
        encoding="utf-8",
    )
    (tmp_path / "own.py").write_text(
        "from assessment.book.chapters import executed_pages\n"
        "def setup(app):\n"
        "    executed_pages.read_kept_outputs()\n"
        "    app.connect('env-before-read-docs', executed_pages.run_before_reading)\n",
        encoding="utf-8",
    )
    (tmp_path / "requirements.txt").touch()
    head = "---\njupytext: {text_representation: {format_name: myst}}\nkernelspec: {name: python3}\n---\n"
    for name, statement in (("index", "1"), ("good", "2"), ("bad", "x = a / 0")):
        text = head + CHAPTER.format(statement=statement)
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    run = JupyterBookRun(tmp_path, "site", "--path-output", str(tmp_path / "_build" / "next"))
    with pytest.raises(SystemExit, match="The book was not built"):
        run.finish()
    out = capfd.readouterr().out
    assert "bad.md, line 13: ZeroDivisionError: division by zero" in out.splitlines()
    assert "IPKernelApp" not in out
    assert f"{RUNNING}bad.md" in run.log.read_text(encoding="utf-8")


@pytest.mark.parametrize("free", [1_000, 10**12])
def test_a_disk_that_filled_up_is_told_instead(tmp_path, monkeypatch, free):
    """The log of such a build may be empty: there was no room for it either."""
    run = JupyterBookRun(tmp_path, "site", "--no-such-option")
    usage = SimpleNamespace(free=free)
    monkeypatch.setattr(logged_run.shutil, "disk_usage", lambda _folder: usage)
    with pytest.raises(SystemExit, match="The disk is full" if free < 10**6 else "was not built"):
        run.finish()
