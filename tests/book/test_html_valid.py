"""The pages are valid HTML by the W3C's checker, where that and Java can be had."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from assessment.evidence import ROOT

CANNOT = 3  # exit code of tools/html_valid.sh


def judged(folder) -> subprocess.CompletedProcess:
    return subprocess.run(
        [str(ROOT / "tools" / "html_valid.sh"), str(folder)], capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def checker(tmp_path_factory):
    """Skips where the checker cannot run, with its reason; no test fetches it."""
    kept = list((ROOT / "_build" / ".tools").glob("vnu-*.jar"))
    if not (kept or os.environ.get("VNU_JAR")):
        pytest.skip("the checker is not here: make valid fetches it")
    if not shutil.which("java"):
        pytest.skip("there is no Java")


def test_every_page_is_valid(checker, site):
    found = judged(site)
    assert found.returncode == 0, (found.stdout + found.stderr)[-3000:]
    assert "pages without an error" in found.stdout


def test_a_faulty_page_is_told_with_its_place(checker, tmp_path):
    page = "<!doctype html><html lang=en><title>T</title><details><summary><p>A</p></summary></details>"
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    found = judged(tmp_path)
    assert found.returncode not in (0, CANNOT)
    assert "index.html" in found.stderr and "summary" in found.stderr


def test_it_says_why_it_cannot_run(tmp_path):
    found = judged(tmp_path)
    assert found.returncode == CANNOT and "was not checked" in found.stdout
