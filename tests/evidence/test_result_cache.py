"""Results kept on disk are found again exactly as long as nothing they read has changed."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from dataclasses import replace

import pytest

from assessment.evidence import ROOT, FactSet, load_facts, record_reads, resources
from assessment.evidence.provenance import kept_inputs, result_cache

READ, UNREAD = "cabinet.pfs.pnet.hazard_ratio", "cabinet.pfs.epnet.hazard_ratio"


class Refused(ValueError):
    """What a computation may say in place of a result."""


@pytest.fixture
def store(tmp_path, monkeypatch):
    """An empty store, facts that can be changed, and a function that counts how often it runs."""
    facts = {fact.id: fact for fact in load_facts().unread()}
    monkeypatch.setattr(result_cache, "FOLDER", tmp_path / "kept")
    monkeypatch.setattr(kept_inputs, "load_facts", lambda: FactSet(facts.values()))
    monkeypatch.setattr(kept_inputs, "STARTED", float("inf"))
    monkeypatch.setattr(kept_inputs, "layout_key", kept_inputs.layout_key.__wrapped__)

    @result_cache.cached_result(maxsize=0, disk=True)
    def doubled(text: str) -> float:
        doubled.runs += 1
        return 2 * kept_inputs.load_facts()[READ].number

    doubled.runs = 0
    doubled.facts = facts
    return doubled


def change(store, fact_id, **fields):
    store.facts[fact_id] = replace(store.facts[fact_id], **fields)


def test_a_result_is_made_once_and_names_its_facts_either_way(store):
    for _ in range(2):
        with record_reads() as reads:
            assert store("a") == 2 * load_facts()[READ].number
        assert READ in reads.facts
    assert store.runs == 1
    store("b")
    assert store.runs == 2


def test_only_what_was_read_makes_it_anew(store):
    store("a")
    change(store, UNREAD, value=0.5)
    store("a")
    assert store.runs == 1
    before = store.facts[READ].value
    change(store, READ, value=0.31)
    assert store("a") == 0.62 and store.runs == 2
    change(store, READ, value=before)
    assert store("a") == 2 * before and store.runs == 2  # that one is still there


def test_an_error_that_is_a_result_is_kept_and_raised_again(store):
    """With the facts it came from; any other error is no result."""

    runs = []

    @result_cache.cached_result(maxsize=0, disk=True, refusal=Refused)
    def refused(text: str) -> float:
        runs.append(text)
        raise (Refused if text == "a" else KeyError)(kept_inputs.load_facts()[READ].number)

    for _ in range(2):
        with record_reads() as reads, pytest.raises(Refused, match="0.23"):
            refused("a")
        assert READ in reads.facts
    assert runs == ["a"] and refused.is_kept("a")
    change(store, READ, value=0.31)
    assert not refused.is_kept("a")
    for _ in range(2):
        with pytest.raises(KeyError):
            refused("b")
    assert runs == ["a", "b", "b"] and not refused.is_kept("b")


def test_a_field_by_which_facts_are_selected_makes_everything_anew(store):
    store("a")
    change(store, UNREAD, analysis_set="fda")
    store("a")
    assert store.runs == 2


def test_a_table_that_was_read_makes_it_anew(tmp_path, monkeypatch):
    for name in ("datapackage.json", "units.csv", "norway/life_table.csv"):
        (tmp_path / "data" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "data" / name).write_bytes((ROOT / "data" / name).read_bytes())
    monkeypatch.setattr(kept_inputs, "ROOT", tmp_path)
    monkeypatch.setattr(kept_inputs, "resources", lambda: resources(tmp_path / "data"))
    before = [result_cache._file("a", "b", ((), names, ())) for names in ((), ("life-table",))]
    path = tmp_path / "data" / "norway" / "life_table.csv"
    path.write_text(path.read_text().replace("0", "1", 1))
    after = [result_cache._file("a", "b", ((), names, ())) for names in ((), ("life-table",))]
    assert before[0] == after[0] and before[1] != after[1]


@pytest.mark.parametrize("name", kept_inputs.LAYOUT)
def test_what_names_and_lays_out_the_data_makes_everything_anew(tmp_path, monkeypatch, name):
    """Code reads these files when it is imported, where nothing is noted."""
    for layout in kept_inputs.LAYOUT:
        (tmp_path / layout).write_bytes((ROOT / "data" / layout).read_bytes())
    monkeypatch.setattr(kept_inputs, "DATA", tmp_path)
    before = kept_inputs.layout_key.__wrapped__(())
    assert kept_inputs.layout_key.__wrapped__(()) == before
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes() + b" ")
    assert kept_inputs.layout_key.__wrapped__(()) != before


def test_code_or_data_changed_under_a_running_process_are_not_trusted(store, monkeypatch):
    store("a")
    monkeypatch.setattr(kept_inputs, "STARTED", 0.0)
    store("a")
    assert store.runs == 2


def test_a_folder_that_cannot_be_written_costs_time_only(store, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(result_cache, "FOLDER", tmp_path / "file")
    store("a"), store("a")
    assert store.runs == 2


def test_a_full_disk_leaves_no_part_of_a_file(tmp_path):
    file = tmp_path / "kept.pickle"
    file.write_bytes(b"old")
    # a limit on the size of files stands in for a disk that fills while they are written
    script = (
        "import resource, signal, sys; from pathlib import Path;"
        " from assessment.evidence.provenance.result_cache import write_whole;"
        " signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        " resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000));"
        " write_whole(Path(sys.argv[1]), bytes(int(sys.argv[2])))"
    )
    for size in ("6000", "600000"):
        done = subprocess.run(
            [sys.executable, "-c", script, str(file), size], capture_output=True, text=True
        )
        assert "OSError: [Errno 27]" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == [file.name] and file.read_bytes() == b"old"


def test_old_versions_go(store):
    for k in range(result_cache.VERSIONS + 3):
        change(store, READ, value=0.2 + k / 100)
        store("a")
    assert len(list(result_cache.FOLDER.glob("*.pickle"))) == result_cache.VERSIONS


MODEL = """
import pickle, sys
from dataclasses import replace
from pathlib import Path
from assessment.case.trial import trial_draws
from assessment.evidence.provenance import kept_inputs, result_cache as keeping
from assessment.evidence import load_facts, population_tables as population, record_reads
from assessment.evidence import csv_tables as tables_module
from assessment.case.model import runs as economic_runs
keeping.FOLDER = Path(sys.argv[1])
trial_draws.REPLICATES, trial_draws.SIZE, trial_draws.CANDIDATES = 2, 150, 1_500
if len(sys.argv) > 2:  # nothing is left of the facts and tables that were not read
    read, tables = pickle.loads(Path(sys.argv[2]).read_bytes())[:2]
    facts = load_facts()._facts
    left = kept_inputs.resources()
    of_tables = [r for r in left if r["name"] in tables]
    population.resources = tables_module.resources = lambda *_: of_tables
    contents = ("value", "printed", "low", "high", "printed_low", "printed_high", "note", "locator")
    for name, fact in facts.items():
        if name not in read:
            facts[name] = replace(fact, **dict.fromkeys(contents))
with record_reads() as reads:
    increment = economic_runs.base("pnet").increment
    shortfall = economic_runs.severity("pnet").shortfall
    by_hazard_ratio = economic_runs.by_hazard_ratio("pnet")
    budget = economic_runs.budget().net.mean(axis=0).tolist()
values = [float(increment.cost), float(increment.effect), float(shortfall), by_hazard_ratio, budget]
sys.stdout.buffer.write(pickle.dumps((reads.facts, reads.tables, values)))
"""


@pytest.mark.slow
def test_the_model_reads_nothing_without_noting_it(tmp_path):
    """Every fact and table that the runs did not note is emptied, and they come out the same: what
    is kept cannot depend on one of them.
    """

    def run(*arguments):
        environment = os.environ | {"PYTHONPATH": str(ROOT / "code")}
        done = subprocess.run(
            [sys.executable, "-c", MODEL, *map(str, arguments)],
            capture_output=True,
            env=environment,
        )
        assert done.returncode == 0, done.stderr.decode()[-3000:]
        return done.stdout

    first = tmp_path / "first.pickle"
    first.write_bytes(run(tmp_path / "one"))
    facts, tables, values = pickle.loads(first.read_bytes())
    assert 20 < len(facts) < 400 and {"life-table", "model-inputs"} < set(tables)
    assert pickle.loads(run(tmp_path / "two", first))[2] == values
