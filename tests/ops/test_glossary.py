"""One word for one thing: models and permissions use the glossary, and three Vietnamese words are never mixed."""

from __future__ import annotations

import io
import keyword
import re
import tokenize
from collections import Counter
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY = yaml.safe_load((ROOT / "docs" / "dev" / "glossary.yaml").read_text(encoding="utf-8"))
ENTRIES = [entry for group in GLOSSARY.values() for entry in group]
CODES = [code for entry in ENTRIES for code in entry["code"]]
# The only identifiers in which "inspection" may stand: each says which of the three it is.
INSPECTIONS = {code for code in CODES if "inspection" in code}


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def test_every_model_is_named_by_a_word_of_the_glossary():
    from django.apps import apps

    ours = [model for model in apps.get_models() if model.__module__.startswith("atvsld.")]
    # Event models are made by the history library from the tracked model's name.
    named = {snake(model.__name__.removesuffix("Event")) for model in ours if model.__name__ != "Event"}
    assert len(named) > 10
    assert named - set(CODES) == set(), "thêm từ vào docs/dev/glossary.yaml, hoặc dùng từ đã có"


def test_every_permission_speaks_of_a_noun_of_the_glossary():
    from atvsld.platform.access.permissions import all_permissions

    nouns = {code.split(":")[1] for code in all_permissions()}
    assert nouns - set(CODES) == set()


def test_no_identifier_says_inspection_without_saying_which():
    found = []
    for path in sorted((ROOT / "src").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "inspection" not in text.lower():
            continue
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            name = snake(token.string) if token.type == tokenize.NAME else ""
            if "inspection" in name and not any(allowed in name for allowed in INSPECTIONS):
                found.append(f"{path.relative_to(ROOT)}:{token.start[0]} {token.string}")
    assert found == []


def test_a_code_word_stands_once_and_can_be_a_name():
    assert [code for code, times in Counter(CODES).items() if times > 1] == []
    assert [code for code in CODES if not re.fullmatch(r"[a-z][a-z0-9_]*", code)] == []
    # One word of the law is a keyword of the language; a name built from it must add to it.
    assert [code for code in CODES if keyword.iskeyword(code)] == ["return"]


@pytest.mark.parametrize("key", ["vi", "en"])
def test_every_entry_has_its_words(key):
    assert [entry for entry in ENTRIES if not str(entry.get(key) or "").strip()] == []
