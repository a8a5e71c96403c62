"""What the entry page is told of a draft after each saving: everything that follows from what was written."""

from __future__ import annotations

from typing import Any

from atvsld.kit.text import format_number
from atvsld.law.forms.checks import CheckResult
from atvsld.oversight.filing import judging, keys
from atvsld.oversight.filing.actions import Saved
from atvsld.oversight.filing.drafts import Draft
from atvsld.platform.ui.formats_text import moment

# Places named of a check that does not hold in many.
MOST_PLACES = 10


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
        "checks": checks(draft),
        "problems": len(judging.problems(filled)),
    }


def checks(draft: Draft) -> list[dict[str, Any]]:
    """Each check that does not hold once, with the places where it does not; of many places the first are named."""
    filled = draft.filled
    by_id: dict[str, list[CheckResult]] = {}
    for check in filled.faults:
        by_id.setdefault(check.id, []).append(check)
    return [
        {
            "id": name,
            "severity": found[0].severity,
            "message": found[0].message,
            "places": [
                {"where": check.where, "place": judging.named(filled, check.where)}
                for check in found[:MOST_PLACES]
                if check.where
            ],
            "more": max(0, len(found) - MOST_PLACES),
            "explanation": filled.explanations.get(name, ""),
        }
        for name, found in by_id.items()
    ]


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
