"""The code that a kept result depends on is found from imports: nothing that is loaded is left out."""

from __future__ import annotations

import subprocess
import sys

import pytest

from assessment.evidence.paths import PACKAGE
from assessment.evidence.provenance.reachable_code import imported_files, reachable_code

LOADED = """
import sys
import {module}
print("\\n".join(m.__file__ for n, m in sys.modules.items() if n.split(".")[0] == "assessment"))
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "module",
    ["case.model.runs", "case.trial.trial_curves", "pages.validation.verification_results"],
)
def test_every_file_that_is_loaded_is_within_reach(module):
    code = LOADED.format(module=f"assessment.{module}")
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    found = {str(p) for p in reachable_code(PACKAGE / f"{module.replace('.', '/')}.py")}
    assert len(loaded) > 20 and loaded <= found


def test_a_model_does_not_depend_on_pages_or_on_the_book():
    found = reachable_code(PACKAGE / "case" / "model" / "runs.py")
    rooms = {path.relative_to(PACKAGE).parts[0] for path in found}
    assert {"evidence", "survival", "economics", "case"} <= rooms
    assert not rooms & {"presentation", "pages", "book"}


def test_imports_inside_functions_count_and_relative_ones_are_refused(tmp_path):
    file = tmp_path / "a.py"
    file.write_text("def f():\n    from assessment.evidence.facts import Fact\n")
    assert PACKAGE / "evidence" / "facts.py" in imported_files(file)
    file = tmp_path / "b.py"
    file.write_text("from .evidence import facts\n")
    with pytest.raises(ValueError, match="b.py, line 1: write the import absolutely"):
        imported_files(file)
