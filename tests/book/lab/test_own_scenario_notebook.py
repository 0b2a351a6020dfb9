"""The worked notebook runs as it stands, in a kernel of its own, and writes what it says."""

from __future__ import annotations

import re
import shutil
from importlib.util import find_spec

import jupytext
import pandas as pd
import pytest
from nbclient import NotebookClient

from assessment.case.model.analyses.own_scenario import FOLDER
from assessment.evidence import ROOT

pytestmark = pytest.mark.slow  # runs the model, or sets pages

NOTEBOOK = ROOT / "notebooks" / "own-scenario.md"
NAME = "pnet-40000"


@pytest.fixture(scope="module")
def ran():
    """The notebook after all its cells ran, as JupyterLab runs it; what it wrote is taken away."""
    there = (FOLDER / NAME).exists()
    notebook = jupytext.read(NOTEBOOK, fmt="md:myst")
    # fewer draws: the test is about the steps
    for cell in notebook.cells:
        cell.source = cell.source.replace("draws(2_000", "draws(200")
    client = NotebookClient(
        notebook, timeout=300, resources={"metadata": {"path": str(NOTEBOOK.parent)}}
    )
    client.execute()
    yield notebook
    if not there:
        shutil.rmtree(FOLDER / NAME)


@pytest.mark.slow
def test_every_cell_gives_what_it_shows(ran):
    code = [cell for cell in ran.cells if cell.cell_type == "code"]
    shown = [out for cell in code for out in cell.outputs]
    assert all(out.output_type != "error" for out in shown)
    assert not [out for out in shown if out.get("name") == "stderr"]
    assert len(shown) >= len(code) - 1


def test_it_writes_the_files_that_it_names(ran):
    files = {path.name for path in (FOLDER / NAME).iterdir()}
    wanted = {f"{n}.csv" for n in ("settings", "inputs", "results", "draws", "draws_summary")}
    assert wanted <= files
    assert not find_spec("openpyxl") or f"{NAME}.xlsx" in files


def test_the_lines_for_r_name_a_column_and_a_file_that_are_there(ran):
    text = NOTEBOOK.read_text(encoding="utf-8")
    (path,) = re.findall(r'read\.csv\("(.+?)"\)', text)
    columns = pd.read_csv(ROOT / path).columns
    assert set(re.findall(r"draws\$(\w+)", text)) <= set(columns)


def test_cells_are_short():
    notebook = jupytext.read(NOTEBOOK, fmt="md:myst")
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    assert max(source.count("\n") for source in code) <= 10
