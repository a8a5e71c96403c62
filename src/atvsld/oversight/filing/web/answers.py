"""What the entry page is told of a draft after each saving: everything that follows from what was written."""

from __future__ import annotations

from typing import Any

from atvsld.kit.text import format_number
from atvsld.oversight.filing import judging, keys
from atvsld.oversight.filing.actions import Saved
from atvsld.oversight.filing.drafts import Draft
from atvsld.platform.ui.formats_text import moment


def state_of(draft: Draft) -> dict[str, Any]:
    """The draft as plain JSON: texts written, figures computed, checks, departures, unreadable texts."""
    filled = draft.filled
    return {
        "mark": draft.mark,
        "version": draft.filing.version,
        "entries": {
            key: {"text": entry.text, "reason": entry.reason, "by": entry.by, "at": moment(entry.at)}
            for key, entry in draft.entries.items()
        },
        "computed": computed(draft),
        "nil": filled.nil,
        "departures": {
            key: {
                "where": judging.named(filled, key),
                "text": filled.texts.get(key, ""),
                "register": judging.spoken(filled.registers.get(key)),
                "reason": filled.reasons.get(key, ""),
            }
            for key in filled.departures
        },
        "unreadable": sorted(filled.unreadable),
        "checks": [
            {
                "id": check.id,
                "severity": check.severity,
                "message": check.message,
                "where": check.where,
                "place": judging.named(filled, check.where) if check.where else "",
                "explanation": filled.explanations.get(check.id, ""),
            }
            for check in filled.faults
        ],
        "problems": len(judging.problems(filled)),
    }


def computed(draft: Draft) -> dict[str, str]:
    """Every computed figure as it is shown."""
    found = {}
    for table, rows in draft.filled.figures.items():
        for row, cells in rows.items():
            for column, value in cells.items():
                key = keys.cell(table, row, column)
                if key not in draft.shape.places:
                    found[key] = "" if value is None else format_number(round(value, 3))
    return found


def saved(draft: Draft, result: Saved) -> dict[str, Any]:
    """The answer to a saving: what was written, what clashed and with whom, and the draft as it is now."""
    return {
        "written": list(result.written),
        "clashes": [
            {
                "key": clash.key,
                "where": judging.named(draft.filled, clash.key),
                "mine": clash.mine,
                "theirs": clash.theirs,
                "by": clash.by,
            }
            for clash in result.clashes
        ],
        "refused": [problem.to_json() for problem in result.problems],
        "draft": state_of(draft),
    }
