"""The province's own boundary file (GeoJSON): checked when loaded, kept beside the data, drawn on the map.

No boundaries are shipped and none are fetched: without a file the map shows circles at the points of communes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.kit.text import format_date
from atvsld.platform.acts import Act, Rejected, action
from atvsld.registers.places import tree
from atvsld.registers.places.policy import REORGANISE

Ring = tuple[tuple[float, float], ...]
LARGEST = 40 * 2**20
# Names under which boundary files usually keep the code of the unit.
CODE_NAMES = ("code", "ma", "ma_xa", "maxa", "ma_dvhc", "madvhc", "ward_code")


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Outlines by code of the unit: each a list of rings of (longitude, latitude), for units of the day `on`."""

    on: date
    rings: dict[str, tuple[Ring, ...]]


def path() -> Path:
    """Where the file is kept."""
    return Path(settings.HOME) / "boundaries.json"


def current() -> Boundaries | None:
    """The boundaries loaded, if any."""
    file = path()
    return _read(file, file.stat().st_mtime_ns) if file.exists() else None


@lru_cache(maxsize=1)
def _read(file: Path, _changed: int) -> Boundaries:
    held = json.loads(file.read_text(encoding="utf-8"))
    rings = {
        code: tuple(tuple((point[0], point[1]) for point in ring) for ring in outline)
        for code, outline in held["rings"].items()
    }
    return Boundaries(date.fromisoformat(held["on"]), rings)


@action(needs=REORGANISE, records="places:boundaries:loaded")
def load(act: Act, *, content: bytes, on: date) -> dict[str, Any]:  # noqa: ARG001 — the act names the history
    """Check a GeoJSON file and keep it; counts of outlines kept and codes without one. `Rejected` with the problems.

    `on` is a day on which the units of the file exist.
    """
    found = check(content, on)
    places = tree.current()
    missing = sorted(
        node.code
        for node in places.nodes.values()
        if node.level == "commune" and node.exists_on(on) and node.code not in found.rings
    )
    file = path()
    file.parent.mkdir(parents=True, exist_ok=True)
    waiting = file.with_suffix(".new")
    waiting.write_text(json.dumps({"on": on.isoformat(), "rings": found.rings}), encoding="utf-8")
    waiting.replace(file)
    return {"outlines": len(found.rings), "missing": missing}


def check(content: bytes, on: date) -> Boundaries:
    """The outlines of a GeoJSON file (RFC 7946: longitude, latitude in WGS 84); `Rejected` with every problem."""
    if len(content) > LARGEST:
        raise Rejected([Problem("too_large", _("Tệp ranh giới lớn hơn 40 MB; hãy đơn giản hóa đường ranh."))])
    try:
        held = json.loads(content)
    except (UnicodeDecodeError, ValueError) as error:
        raise Rejected([Problem("not_json", _("Tệp không phải GeoJSON."))]) from error
    features = held.get("features") if isinstance(held, dict) and held.get("type") == "FeatureCollection" else None
    if not isinstance(features, list) or not features:
        raise Rejected([Problem("not_geojson", _("Tệp GeoJSON phải là một FeatureCollection có ít nhất một vùng."))])
    problems: list[Problem] = []
    rings: dict[str, tuple[Ring, ...]] = {}
    places = tree.current()
    for number, feature in enumerate(features, 1):
        code = _code(feature)
        if places.at(code, on, "commune") is None:
            message = _("Ngày %(day)s không có đơn vị cấp xã nào mang mã này.") % {"day": format_date(on)}
            problems.append(Problem("unknown_code", message, row=number, column="code", value=code))
            continue
        outline = _rings(feature.get("geometry"))
        if outline is None:
            message = _("Vùng phải là Polygon hoặc MultiPolygon với kinh độ, vĩ độ WGS 84.")
            problems.append(Problem("geometry", message, row=number, column="geometry", value=code))
            continue
        rings[code] = rings.get(code, ()) + outline
    if problems:
        raise Rejected(problems)
    return Boundaries(on, rings)


def _code(feature: Any) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    named = {str(name).lower(): value for name, value in (properties or {}).items()}
    return str(next((named[name] for name in CODE_NAMES if named.get(name)), "")).strip()


def _rings(geometry: Any) -> tuple[Ring, ...] | None:
    """Every ring of a polygon or multipolygon, holes included; None when it is neither or lies off the globe."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        return None
    polygons = geometry.get("coordinates") if kind == "MultiPolygon" else [geometry.get("coordinates")]
    try:
        found = tuple(
            tuple((round(float(point[0]), 5), round(float(point[1]), 5)) for point in ring)
            for polygon in polygons
            for ring in polygon
        )
    except (TypeError, ValueError, IndexError):
        return None
    on_globe = all(-180 <= x <= 180 and -90 <= y <= 90 for ring in found for x, y in ring)
    # A closed ring of a triangle has four points.
    return found if found and on_globe and all(len(ring) >= 4 for ring in found) else None
