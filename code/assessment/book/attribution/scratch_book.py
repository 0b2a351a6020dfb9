"""A copy of the book to alter: its model run on sets of altered data, each set once."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from assessment.case.attribution import altered_runs
from assessment.case.attribution.changed_rows import COSTS, FACTS, INPUTS, WHOLE
from assessment.evidence import ROOT
from assessment.evidence.provenance.kept_inputs import PACKAGES
from assessment.evidence.provenance.reachable_code import reachable_code
from assessment.evidence.provenance.result_cache import write_whole

FOLDER = ROOT / "_build" / ".attribution"
COPIED = ("code", "data", "references")
CURVES = ("trial_draws", "thinned_draws")  # long computations that are worth taking along
MODULE = "assessment.case.attribution.altered_runs"
# Of other tables the base case reads these.
ALSO = (
    "case.csv",
    "units.csv",
    "measures.csv",
    "datapackage.json",
    "scenario_values.csv",
    "targets.csv",
)


class ScratchBook:
    """Runs today's model on altered data in ``folder``, and keeps each result under a hash of the code
    within its reach and of the data it may read, so that the same question is asked once.
    """

    def __init__(self, root: Path = ROOT, folder: Path = FOLDER) -> None:
        self.root, self.folder, self.book = root, folder, folder / "book"
        self.kept = folder / "runs"
        self.kept.mkdir(parents=True, exist_ok=True)
        self._code = hashlib.sha256(repr(PACKAGES).encode())
        for path in reachable_code(Path(altered_runs.__file__)):
            self._code.update(path.read_bytes())
        self._data = dict(_data_files(root / "data"))

    def runs(
        self, sets: Sequence[Mapping[str, str]], told: Callable[[int, int], None] = lambda *_: None
    ) -> list[dict]:
        """What ``altered_runs.run_now`` says of each set of files, {path below data/: content}.

        ``told`` hears how many of the new runs are done. RuntimeError with the last words of a process
        that ended early.
        """
        places = [self.kept / f"{self._key(files)}.json" for files in sets]
        new = {place: dict(files) for place, files in zip(places, sets) if not place.exists()}
        if new:
            self._copy()
            done = 0
            for place, found in zip(new, self._run(list(new.values()))):
                write_whole(place, found.encode())
                told(done := done + 1, len(new))
            if done < len(new):
                raise RuntimeError(f"{done} of {len(new)} runs were made; see the messages above.")
        return [json.loads(place.read_text(encoding="utf-8")) for place in places]

    def _key(self, files: Mapping[str, str]) -> str:
        digest = self._code.copy()
        for path, text in sorted((self._data | dict(files)).items()):
            digest.update(f"{path}\0{text}\0".encode())
        return digest.hexdigest()[:24]

    def _copy(self) -> None:
        for name in COPIED:
            shutil.rmtree(self.book / name, ignore_errors=True)
            ignored = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
            shutil.copytree(self.root / name, self.book / name, ignore=ignored)
        (self.book / "CITATION.cff").write_bytes((self.root / "CITATION.cff").read_bytes())
        own = self.book / "_build" / ".kept"
        own.mkdir(parents=True, exist_ok=True)
        for name in CURVES:
            for file in (self.root / "_build" / ".kept").glob(f"{name}-*"):
                if file.suffix != ".lock" and not (own / file.name).exists():
                    shutil.copy2(file, own / file.name)

    def _run(self, jobs: list[dict[str, str]]) -> Iterator[str]:
        """A line of JSON for each job, as soon as it is done."""
        asked = self.folder / "jobs.json"
        asked.write_text(json.dumps(jobs), encoding="utf-8")
        settings = {
            "PYTHONPATH": str(self.book / "code"),
            "OPENBLAS_NUM_THREADS": "1",
            altered_runs.ALONE: "yes",
        }
        with subprocess.Popen(
            [sys.executable, "-m", MODULE, str(asked)],
            cwd=self.book,
            env=os.environ | settings,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            yield from (line for line in process.stdout or () if line.startswith("{"))


def _data_files(data: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(data.rglob("*")):
        name = path.relative_to(data).as_posix()
        if path.is_file() and (name.startswith((FACTS, *WHOLE)) or name in (INPUTS, COSTS, *ALSO)):
            yield name, path.read_text(encoding="utf-8")
