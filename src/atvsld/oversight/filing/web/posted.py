"""The entry form as a browser without script sends it: everything that stood on the page, changed or not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from atvsld.oversight.filing import keys
from atvsld.oversight.filing.actions import Edit
from atvsld.oversight.filing.drafts import Draft
from atvsld.oversight.filing.shape import Shape

WRITTEN, REASON, BACK = "c:", "r:", "x:"
COMMON_REASON = "r:all"
DRAWN = "drawn"


def drawn(draft: Draft) -> str:
    """What the page showed, so that afterwards only what was changed counts as written: JSON for a hidden field."""
    shape, filled = draft.shape, draft.filled
    texts = {key: text for key, text in filled.texts.items() if text != _usual(shape, key)}
    return json.dumps(
        {
            "texts": texts,
            "entries": {key: entry.text for key, entry in draft.entries.items()},
            "reasons": filled.reasons,
            "departures": filled.departures,
            "nil": filled.nil,
        },
        ensure_ascii=False,
    )


def _usual(shape: Shape, key: str) -> str:
    place = shape.places.get(key)
    return "0" if place is not None and place.kind == "number" and place.counted else ""


def edits(shape: Shape, sent: Mapping[str, Any]) -> list[Edit]:
    """What was changed on the page. A page whose record of itself is broken changes nothing that it cannot place."""
    told = _told(sent.get(DRAWN, ""))
    shown, entries, reasons = told["texts"], told["entries"], told["reasons"]
    common = str(sent.get(COMMON_REASON, "")).strip()
    found: dict[str, Edit] = {}
    for name, text in sent.items():
        key = name.removeprefix(WRITTEN)
        if not name.startswith(WRITTEN) or key == keys.NIL:
            continue
        before = shown.get(key, _usual(shape, key))
        if _clean(text) != _clean(before):
            found[key] = Edit(key, entries.get(key), _clean(text))
    for key in told["departures"]:
        if sent.get(BACK + key):
            found[key] = Edit(key, entries.get(key), None)
            continue
        reason = str(sent.get(REASON + key, "")).strip() or common
        if reason and reason != reasons.get(key, ""):
            now = found[key].now if key in found else shown.get(key, _usual(shape, key))
            found[key] = Edit(key, entries.get(key), now, reason)
    ticked = keys.NIL in {name.removeprefix(WRITTEN) for name in sent}
    if shape.nil_allowed and ticked != told["nil"]:
        found[keys.NIL] = Edit(keys.NIL, entries.get(keys.NIL), "1" if ticked else "")
        # Figures the page showed as zeros because of the tick were not written.
        found = {key: edit for key, edit in found.items() if key not in shape.places or shape.kind_of(key) != "number"}
    return list(found.values())


def _told(text: Any) -> dict[str, Any]:
    try:
        held = json.loads(text)
        return {
            "texts": dict(held["texts"]),
            "entries": dict(held["entries"]),
            "reasons": dict(held["reasons"]),
            "departures": list(held["departures"]),
            "nil": bool(held["nil"]),
        }
    except (ValueError, KeyError, TypeError):
        return {"texts": {}, "entries": {}, "reasons": {}, "departures": [], "nil": False}


def _clean(text: Any) -> str:
    return str(text).replace("\r\n", "\n").strip()
