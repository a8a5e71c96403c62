"""What a card prints of a target, wherever it is shown."""

from __future__ import annotations

from typing import Any

from atvsld.oversight.indicators import line_chart, wording
from atvsld.oversight.indicators.summary import TargetLine


def shown(line: TargetLine) -> dict[str, Any]:
    """Figures as words; `sign` says on which side of the path the figure is wanted."""
    actual, base = line.actual, line.baseline
    return {
        "line": line,
        "actual": wording.number(actual.value, line.decimals) if actual and actual.value is not None else "–",
        "actual_note": line_chart.between(line, actual) if actual else "–",
        "required": wording.number(actual.required, line.decimals) if actual else "–",
        "sign": "≤" if line.direction == "down" else "≥",
        "base": wording.number(base.value, line.decimals) if base.value is not None else "–",
        "change": wording.number(abs(line.report.target.change_per_year) * 100),
        "path": [(str(year), wording.number(value, line.decimals)) for year, value in line.path.items()],
    }
