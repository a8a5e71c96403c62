"""What may not stand in the repository, and how big its pieces may grow."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Put together here so that this file does not contain what it looks for.
REGISTRIES = [
    ".".join(parts) for parts in (("pypi", "org"), ("files", "pythonhosted"), ("npmjs", "org"), ("npmjs", "com"))
]
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|tmp|home|root|opt|Users)/\w")
TEXT = {
    ".py",
    ".toml",
    ".txt",
    ".json",
    ".yaml",
    ".yml",
    ".md",
    ".html",
    ".js",
    ".css",
    ".typ",
    ".po",
    ".cfg",
    ".ini",
    "",
}
THIRD_PARTY = re.compile(r"\.min\.(js|css)$|\.(ttf|otf|woff2?|mo)$|(^|/)node_modules/|(^|/)static/vendor/")


def tracked() -> list[Path]:
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("không phải bản sao git")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def lines_matching(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in tracked():
        if path.suffix not in TEXT:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if pattern.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    return found


def test_no_committed_file_names_a_package_registry() -> None:
    assert lines_matching(re.compile("|".join(map(re.escape, REGISTRIES)))) == []


def test_no_committed_file_names_a_path_of_one_machine() -> None:
    assert lines_matching(MACHINE_PATH) == []


def test_the_node_lock_file_pins_by_hash_and_names_no_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    named = {name: entry for name, entry in packages.items() if name}
    assert named
    assert [name for name, entry in named.items() if "resolved" in entry] == []
    assert [name for name, entry in named.items() if not entry["integrity"].startswith("sha512-")] == []


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_every_python_requirement_is_pinned_by_hash(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    entries = re.findall(r"^[a-z0-9].*?(?=^[a-z0-9]|\Z)", text, re.MULTILINE | re.DOTALL)
    assert len(entries) > 30
    assert [entry.split("\n")[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_no_third_party_file_is_committed() -> None:
    assert [str(path.relative_to(ROOT)) for path in tracked() if THIRD_PARTY.search(str(path.relative_to(ROOT)))] == []


def test_python_files_stay_readable_in_one_sitting() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in tracked()
        if path.suffix == ".py" and "migrations" not in path.parts
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > (500 if "tests" in path.parts else 400)
    }
    assert long == {}


def test_templates_stay_short() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in tracked()
        if path.suffix == ".html" and "templates" in path.parts
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 150
    }
    assert long == {}


def test_every_icon_a_template_asks_for_is_in_the_sprite() -> None:
    names = {
        line.split("#")[0].strip()
        for line in (ROOT / "src/atvsld/platform/ui/icons.txt").read_text(encoding="utf-8").splitlines()
    }
    asked = {
        (name, str(path.relative_to(ROOT)))
        for path in tracked()
        if path.suffix == ".html"
        for name in re.findall(r'{% icon "([a-z0-9-]+)"', path.read_text(encoding="utf-8"))
    }
    assert {(name, where) for name, where in asked if name not in names} == set()
