"""The map of a day as SVG: circles whose area is the count, or outlines shaded by it; no tiles from elsewhere.

Each unit is a link, so that the map is read and walked with the keyboard; nothing on it needs a script.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from statistics import median

from atvsld.registers.places.boundaries import Boundaries, Ring
from atvsld.registers.places.tree import Node, PlaceTree

WIDTH, MARGIN = 560, 30
INSET = 150
LARGEST_RADIUS, SMALLEST_RADIUS = 24.0, 3.0
# Names shown at once, and the room of a letter, in units of the sheet.
NAMES, LETTER, LINE = 14, 6.2, 15
# A unit farther than this from the middle of the others (degrees) is drawn in a frame of its own: an island far out.
FAR = 1.5
SHADES = 5

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """One unit on the map. `shade` 0…5 when drawn by outline (0: nothing counted); `radius` when drawn as a circle."""

    node: Node
    count: int
    x: float = 0
    y: float = 0
    radius: float = 0
    outline: str = ""
    shade: int = 0
    borrowed: bool = False


@dataclass(slots=True)
class Sheet:
    """One frame of the map."""

    width: int
    height: int
    spots: list[Spot] = field(default_factory=list)

    def names(self) -> list[Spot]:
        """The units named on the sheet: those with most, as far as their names do not cover one another."""
        boxes: list[tuple[float, float, float]] = []
        chosen: list[Spot] = []
        for spot in sorted(self.spots, key=lambda spot: (-spot.count, spot.node.code)):
            half = len(spot.node.name) * LETTER / 2
            inside = half <= spot.x <= self.width - half
            apart = all(abs(spot.y - y) > LINE or abs(spot.x - x) > half + other for x, y, other in boxes)
            if spot.count and inside and apart and len(chosen) < NAMES:
                boxes.append((spot.x, spot.y, half))
                chosen.append(spot)
        return chosen


@dataclass(frozen=True, slots=True)
class Legend:
    """Circles to compare with: count, radius; or the limits of the shades."""

    circles: tuple[tuple[int, float], ...] = ()
    shades: tuple[tuple[int, int, int], ...] = ()


def points(places: PlaceTree, day: date, known: dict[int, Point]) -> dict[int, tuple[Point, bool]]:
    """Where each commune of a day stands; True when the point is that of the unit now on its ground.

    A district without communes, as the islands far out were, stands like a commune.
    """
    found: dict[int, tuple[Point, bool]] = {}
    for node in places.nodes.values():
        if node.level == "province" or not node.exists_on(day) or places.within(node.pk, day):
            continue
        if node.pk in known:
            found[node.pk] = (known[node.pk], False)
            continue
        pk: int | None = node.pk
        while pk is not None and pk not in known:
            edges = sorted(places.outcomes(pk), key=lambda edge: -edge.share)
            pk = edges[0].successor_id if edges else None
        if pk is not None:
            found[node.pk] = (known[pk], True)
    return found


def circles(
    places: PlaceTree, counts: dict[int, int], placed: dict[int, tuple[Point, bool]]
) -> tuple[list[Sheet], Legend]:
    """The main frame and one for each unit far out, circles to one scale over all frames."""
    largest = max([counts.get(pk, 0) for pk in placed], default=0)

    def radius(count: int) -> float:
        return round(max(SMALLEST_RADIUS, LARGEST_RADIUS * math.sqrt(count / largest)) if count else SMALLEST_RADIUS, 1)

    near, far = _near_and_far(placed)
    around = _sharing(placed)
    sheets = []
    for pks, width in ((near, WIDTH), *(([pk], INSET) for pk in far)):
        sheet, put = _frame([placed[pk][0] for pk in pks], width)
        for pk in pks:
            (x, y), borrowed = beside(put(placed[pk][0]), *around[pk]), placed[pk][1]
            count = counts.get(pk, 0)
            sheet.spots.append(Spot(places.nodes[pk], count, x, y, radius(count), borrowed=borrowed))
        # Large circles first, so that small ones stay within reach.
        sheet.spots.sort(key=lambda spot: (-spot.radius, spot.node.code))
        sheets.append(sheet)
    steps = sorted({largest, round(largest / 4), round(largest / 16)} - {0}) if largest else []
    return sheets, Legend(circles=tuple((count, radius(count)) for count in steps))


def shaded(places: PlaceTree, counts: dict[int, int], held: Boundaries) -> tuple[list[Sheet], Legend]:
    """Outlines of the units of the boundary file, shaded in five steps of equal numbers of units."""
    units = {node.pk: node for code in held.rings if (node := places.at(code, held.on, "commune")) is not None}
    limits = _limits([count for pk in units if (count := counts.get(pk, 0))])
    centres = {pk: (_middle(held.rings[node.code]), False) for pk, node in units.items()}
    near, far = _near_and_far(centres)
    sheets = []
    for pks, width in ((near, WIDTH), *(([pk], INSET) for pk in far)):
        every = [point for pk in pks for ring in held.rings[units[pk].code] for point in ring]
        sheet, put = _frame(every, width)
        for pk in sorted(pks, key=lambda pk: units[pk].code):
            count = counts.get(pk, 0)
            shade = next((step for step, (_low, high) in enumerate(limits, 1) if count <= high), 0) if count else 0
            x, y = put(centres[pk][0])
            outline = _outline(held.rings[units[pk].code], put)
            sheet.spots.append(Spot(units[pk], count, x, y, outline=outline, shade=shade))
        sheets.append(sheet)
    return sheets, Legend(shades=tuple((step, low, high) for step, (low, high) in enumerate(limits, 1)))


def _sharing(placed: dict[int, tuple[Point, bool]]) -> dict[int, tuple[int, int]]:
    """For each unit its turn among those at the very same point, and how many they are."""
    at: dict[Point, list[int]] = {}
    for pk, (point, _) in placed.items():
        at.setdefault(point, []).append(pk)
    return {pk: (turn, len(pks)) for pks in at.values() for turn, pk in enumerate(pks)}


def beside(point: Point, turn: int, number: int) -> Point:
    """Units that share a point stand in a small ring around it."""
    if number == 1:
        return point
    angle, distance = 2 * math.pi * turn / number, 5 + 1.5 * number
    return round(point[0] + distance * math.cos(angle), 1), round(point[1] + distance * math.sin(angle), 1)


def _near_and_far(placed: dict[int, tuple[Point, bool]]) -> tuple[list[int], list[int]]:
    if not placed:
        return [], []
    x = median(point[0] for point, _ in placed.values())
    y = median(point[1] for point, _ in placed.values())
    far = [pk for pk, (point, _) in placed.items() if max(abs(point[0] - x), abs(point[1] - y)) > FAR]
    return [pk for pk in placed if pk not in set(far)], far


def _frame(every: Sequence[Point], width: int) -> tuple[Sheet, Projection]:
    put = Projection(every, width)
    return Sheet(width, put.height), put


class Projection:
    """Longitude and latitude onto a sheet, true to shape at its middle latitude."""

    def __init__(self, every: Sequence[Point], width: int) -> None:
        xs, ys = [point[0] for point in every] or [0.0], [point[1] for point in every] or [0.0]
        self.left, self.top = min(xs), max(ys)
        self.narrowing = math.cos(math.radians((min(ys) + max(ys)) / 2))
        across, down = (max(xs) - self.left) * self.narrowing, self.top - min(ys)
        room = width - 2 * MARGIN
        # A single point has no extent: it stands in the middle of a square frame.
        self.scale = min(room / across if across else math.inf, 1.4 * room / down if down else math.inf)
        self.single = math.isinf(self.scale)
        self.height = width if self.single else round(down * self.scale) + 2 * MARGIN
        self.middle = width / 2
        self.indent = 0.0 if self.single else (room - across * self.scale) / 2

    def __call__(self, point: Point) -> Point:
        if self.single:
            return self.middle, self.height / 2
        x = MARGIN + self.indent + (point[0] - self.left) * self.narrowing * self.scale
        return round(x, 1), round(MARGIN + (self.top - point[1]) * self.scale, 1)


def _limits(counts: list[int]) -> list[tuple[int, int]]:
    """At most five ranges, each with about as many units as the others; equal counts never part."""
    ordered = sorted(counts)
    if not ordered:
        return []
    last = len(ordered) - 1
    places = [min(last, math.ceil(len(ordered) * step / SHADES) - 1) for step in range(1, SHADES + 1)]
    tops = sorted({ordered[place] for place in places})
    return [(low + 1, high) for low, high in pairwise([0, *tops])]


def _middle(rings: Iterable[Ring]) -> Point:
    every = [point for ring in rings for point in ring]
    xs, ys = [point[0] for point in every], [point[1] for point in every]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def _outline(rings: Iterable[Ring], put: Projection) -> str:
    """The rings as one SVG path; points that fall together on the sheet are drawn once."""
    parts = []
    for ring in rings:
        drawn = [put(point) for point in ring]
        kept = [drawn[0], *(b for a, b in pairwise(drawn) if a != b)]
        parts.append("M" + "L".join(f"{x:g} {y:g}" for x, y in kept) + "Z")
    return "".join(parts)
