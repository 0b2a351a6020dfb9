"""tools/environment.sh decides what an environment needs: nothing, a folder of its own, or a network.
No test here has one.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from assessment.evidence import ROOT

pytestmark = pytest.mark.long

FILES = ("tools/environment.sh", "requirements.txt", "requirements/bootstrap.txt", "pyproject.toml")
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | {
    "PIP_NO_INDEX": "1",
    "UV_OFFLINE": "1",
    "PIP_CONFIG_FILE": os.devnull,
}


def run(folder: Path) -> subprocess.CompletedProcess:
    return subprocess.run(
        ["sh", "tools/environment.sh", "book"],
        cwd=folder,
        env=ENVIRONMENT | {"PYTHON": sys.executable},
        capture_output=True,
        text=True,
    )


def code_of(folder: Path) -> str:
    """The file that the environment's Python takes the package from."""
    return subprocess.run(
        [folder / ".venv/bin/python", "-c", "import assessment; print(assessment.__file__)"],
        cwd=folder.parent,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


@pytest.fixture(scope="module")
def environment(tmp_path_factory) -> Path:
    """An environment with pip and setuptools, without which nothing can be installed."""
    made = tmp_path_factory.mktemp("environment") / ".venv"
    subprocess.run([sys.executable, "-m", "venv", made], check=True)
    packages = packages_of(made)
    for old in packages.glob("*setuptools*"):
        shutil.rmtree(old)
    for here in Path(sysconfig.get_paths()["purelib"]).glob("setuptools*"):
        (packages / here.name).symlink_to(here)
    return made


def packages_of(environment: Path) -> Path:
    return next((environment / "lib").glob("*/site-packages"))


@pytest.fixture
def checkout(tmp_path: Path, environment: Path) -> Path:
    """A checkout with an environment that was installed for it."""
    folder = tmp_path / "the original"
    for name in FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    (folder / "code" / "assessment").mkdir(parents=True)
    (folder / "code" / "assessment" / "__init__.py").touch()
    (folder / "README.md").touch()
    shutil.copytree(environment, folder / ".venv", symlinks=True)
    own = packages_of(folder / ".venv") / "own.pth"
    own.write_text(f"{folder / 'code'}\n", encoding="utf-8")
    locks = (folder / "requirements.txt").read_bytes() + (folder / "pyproject.toml").read_bytes()
    stamp = hashlib.sha256(locks).hexdigest()
    (folder / ".venv" / ".installed-book").write_text(stamp + "\n", encoding="utf-8")
    return folder


def test_what_is_installed_stays_untouched(checkout):
    done = run(checkout)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_copy_gets_its_own_code_without_a_network(checkout):
    copied = checkout.parent / "the copy"
    shutil.copytree(checkout, copied, symlinks=True)
    assert code_of(copied).startswith(str(checkout))  # what was wrong
    done = run(copied)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "was made for another folder" in done.stdout
    own = str(copied / "code" / "assessment" / "__init__.py")
    (packages_of(copied / ".venv") / "own.pth").unlink()
    assert code_of(copied) == own
    assert code_of(checkout).startswith(str(checkout))
    assert run(copied).stdout == ""


def test_a_moved_checkout_finds_its_code_again(checkout):
    moved = checkout.parent / "moved"
    checkout.rename(moved)
    done = run(moved)
    assert done.returncode == 0, done.stdout + done.stderr
    (packages_of(moved / ".venv") / "own.pth").unlink()
    assert code_of(moved) == str(moved / "code" / "assessment" / "__init__.py")


def test_a_link_to_another_s_environment_leaves_it_alone(checkout):
    other = checkout.parent / "other"
    shutil.copytree(checkout, other, ignore=shutil.ignore_patterns(".venv"))
    (other / ".venv").symlink_to(checkout / ".venv")
    assert run(other).returncode == 0
    (other / "requirements.txt").write_text("# another lock\n", encoding="utf-8")
    for _installed_for_it in (True, False):
        done = run(other)
        assert done.returncode != 0 and "remove this link" in done.stdout
        (checkout / ".venv" / ".installed-book").unlink(missing_ok=True)
    assert code_of(checkout).startswith(str(checkout))


def test_without_a_network_one_sentence_says_so(checkout):
    shutil.rmtree(checkout / ".venv")
    done = run(checkout)
    assert done.returncode != 0
    assert "could not be fetched: is there a network?" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr and len(done.stdout.splitlines()) < 9


def test_an_environment_whose_python_is_gone_is_made_anew(checkout):
    python = checkout / ".venv" / "bin" / "python"
    for name in ("python", "python3", f"python3.{sys.version_info[1]}"):
        python.with_name(name).unlink(missing_ok=True)
    python.symlink_to("/nowhere/python")
    done = run(checkout)
    assert "is gone" in done.stdout and "creating" in done.stdout


def test_make_names_this_checkout_s_code_and_reads_names_in_any_script(tmp_path):
    here = tmp_path / "bok æ 1"
    here.mkdir()
    shutil.copy(ROOT / "Makefile", here)
    show = "show: ; @python3 -c \"import os; print(*map(os.getenv, ['PYTHONPATH', 'LC_ALL']))\""
    done = subprocess.run(
        ["make", "--no-print-directory", "--eval", show, "show"],
        cwd=here,
        env=os.environ | {"LC_ALL": "C", "PYTHONPATH": "/somewhere/else"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout == f"{here / 'code'} C.UTF-8\n"
