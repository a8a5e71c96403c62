"""Names of the interface's schemas: the description keeps one of each, so two with one name would describe wrongly."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[3] / "src" / "atvsld"
MADE = re.compile(r"^class (\w+)\((?:Plain)?Schema\):", re.MULTILINE)


def test_no_two_schemas_bear_one_name():
    modules = [path for path in SOURCES.rglob("*.py") if "api" in path.parent.name]
    names = Counter(name for path in modules for name in MADE.findall(path.read_text(encoding="utf-8")))
    assert len(names) > 50
    assert [name for name, times in names.items() if times > 1] == []
