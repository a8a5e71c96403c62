"""The wheel is the product: assets, fonts, law and templates inside, and a command that starts."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    # The build tool is pinned among the requirements; nothing is fetched.
    build = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", build, str(target)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return next(target.glob("*.whl"))


def test_the_wheel_holds_what_pages_and_documents_need(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    vendor = "atvsld/platform/ui/static/vendor/"
    assert {
        vendor + name for name in ("tabler.min.css", "tabler.min.js", "vega.min.js", "icons.svg", "LICENSES.txt")
    } <= names
    assert {f"atvsld/documents/fonts/Tinos-{cut}.ttf" for cut in ("Regular", "Bold", "Italic", "BoldItalic")} <= names
    assert "atvsld/documents/fonts/LICENSE.txt" in names
    source = ROOT / "src"
    data = {
        str(path.relative_to(source))
        for path in source.rglob("*")
        if path.suffix in {".yaml", ".csv", ".html", ".typ", ".mo"} and path.is_file()
    }
    assert data
    assert data - names == set()


def test_the_installed_command_starts_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    place = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True)
    packages = next(place.glob("lib/python*/site-packages"))
    # The dependencies of this environment, but not this checkout: path files of path files are not read.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    script = "import sys, atvsld; from atvsld.project.cli import main; print(atvsld.__file__); main()"
    done = subprocess.run(
        [str(place / "bin" / "python"), "-c", script, "--help"],
        cwd=tmp_path, env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert str(packages) in done.stdout
    for name in ("run", "init", "import", "report", "law", "check", "backup", "restore"):
        assert f"\n  {name} " in done.stdout


def test_the_build_tool_is_there_because_it_is_pinned() -> None:
    text = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    assert "\nhatchling==" in text
