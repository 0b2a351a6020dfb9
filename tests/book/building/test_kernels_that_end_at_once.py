"""A kernel whose ports another process took first is begun again, a few times and no more."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from assessment.book.chapters import chapter_runs

DIED = "Kernel died before replying to kernel_info"  # jupyter_client's words


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs a chapter whose first beginnings end so; how often it began."""
    log = tmp_path / "begun"
    monkeypatch.setattr(chapter_runs, "_import_for", lambda chapters: None)

    def run(failing: int, said: str = DIED) -> int:
        def one(chapter) -> None:
            with log.open("a", encoding="utf-8") as begun:
                begun.write("x")
            if len(log.read_text(encoding="utf-8")) <= failing:
                raise RuntimeError(said)

        monkeypatch.setattr(chapter_runs, "_run", one)
        chapter = SimpleNamespace(
            page="chapters/a.md", seconds=lambda: 1.0, trace=lambda: tmp_path / "a.trace"
        )
        list(chapter_runs.run_chapters([chapter]))
        return len(log.read_text(encoding="utf-8"))

    return run


def test_it_begins_again(run):
    assert run(failing=2) == 3


def test_it_gives_up(run):
    with pytest.raises(chapter_runs.CellsFailed, match=f"chapters/a.md: RuntimeError: {DIED}"):
        run(failing=9)


def test_another_fault_is_told_at_once(run, tmp_path):
    with pytest.raises(chapter_runs.CellsFailed, match="a fault of the page"):
        run(failing=9, said="a fault of the page")
    assert (tmp_path / "begun").read_text(encoding="utf-8") == "x"
