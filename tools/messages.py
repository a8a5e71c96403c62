"""Collect the sentences of pages and programs into the English catalogue; nothing but Python is needed.

    python tools/messages.py            add new sentences, drop those no longer used, keep every translation
    python tools/messages.py --missing  list what has no English yet; exit code 1 when there is any

Source sentences are Vietnamese. The catalogue src/atvsld/locale/en/LC_MESSAGES/django.po is compiled by
tools/assets.py.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "atvsld"
ENGLISH = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# Rings without Django speak plain Vietnamese; migrations repeat what the models say.
SKIPPED = ("migrations", "kit", "law", "statistics", "documents")

Found = tuple[str, str | tuple[str, ...], str | None]


def sources() -> Iterator[tuple[Path, str]]:
    """Every program and template with the text sentences are read from."""
    from django.utils.translation.template import templatize

    for path in sorted(PACKAGE.rglob("*.py")):
        if not any(part in SKIPPED for part in path.relative_to(PACKAGE).parts[:3]):
            yield path, path.read_text(encoding="utf-8")
    for path in sorted(PACKAGE.rglob("templates/**/*")):
        if path.is_file() and path.suffix in {".html", ".txt"}:
            # In brackets, since the blanked-out text is indented like the template.
            yield path, f"(\n{templatize(path.read_text(encoding='utf-8'), origin=str(path))}\n)"


def found() -> Iterator[Found]:
    """File, sentence (or its singular and plural), context."""
    for path, text in sources():
        place = path.relative_to(ROOT).as_posix()
        for _line, message, _notes, context in extract(
            "python", io.BytesIO(text.encode()), KEYWORDS, options={"encoding": "utf-8"}
        ):
            if message and message != ("", ""):
                yield place, message, context


def collected() -> Catalog:
    """The sentences now in use, with the translations already made."""
    old = read(ENGLISH)
    new = Catalog(locale="en", project="atvsld", charset="utf-8", fuzzy=False)
    new.header_comment = "# English sentences for the Vietnamese ones in programs and templates."
    for place, message, context in found():
        known = old.get(message, context)
        kept = known.string if known else ""
        entry = new.add(message, kept or None, locations=[(place, 0)], context=context)
        entry.locations = sorted(set(entry.locations))
    return new


def read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as text:
        return read_po(text, locale="en")


def save(catalogue: Catalog) -> None:
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=110, sort_output=True, include_lineno=False, omit_header=False)
    dropped = ('"Project-', '"Report-', '"POT-', '"PO-Rev', '"Last-', '"Language-Team', '"Generated')
    lines = [line for line in buffer.getvalue().decode().splitlines() if not line.startswith(dropped)]
    ENGLISH.write_text("\n".join(lines) + "\n", encoding="utf-8")


def missing(catalogue: Catalog) -> list[str]:
    """Sentences without English."""

    def empty(entry: object) -> bool:
        words = entry.string  # type: ignore[attr-defined]
        return not words if isinstance(words, str) else not words or not all(words)

    return [str(entry.id) for entry in catalogue if entry.id and empty(entry)]


def compile_all() -> None:
    """Binary catalogues beside the texts, for tests and for a checkout that runs in place."""
    for path in sorted((PACKAGE / "locale").glob("*/LC_MESSAGES/*.po")):
        with path.open("rb") as text:
            catalogue = read_po(text, locale=path.parts[-3])
        with path.with_suffix(".mo").open("wb") as binary:
            write_mo(binary, catalogue)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--missing", action="store_true", help="chỉ liệt kê câu chưa có bản tiếng Anh")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "django.conf.global_settings")
    catalogue = collected()
    lacking = missing(catalogue)
    if parser.parse_args().missing:
        print("\n".join(lacking))
        sys.exit(1 if lacking else 0)
    save(catalogue)
    compile_all()
    print(f"{len(catalogue)} câu, {len(lacking)} câu chưa có bản tiếng Anh")


if __name__ == "__main__":
    main()
