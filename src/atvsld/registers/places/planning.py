"""What a reorganisation would do to the graph of places: worked out and checked without touching the database."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.kit.text import format_date
from atvsld.registers.places.drafts import Change, ChangeKind, Draft
from atvsld.registers.places.labels import KINDS
from atvsld.registers.places.tree import Node, PlaceTree

# A unit after the reorganisation: one that continues by its primary key, a new one by its code.
Target = int | str
RANK = {"province": 0, "district": 1, "commune": 2}
_ENDING = (ChangeKind.MERGE, ChangeKind.SPLIT, ChangeKind.RENAME, ChangeKind.END)


@dataclass(slots=True)
class NewUnit:
    """A unit that begins on the day of the reorganisation."""

    code: str
    name: str = ""
    kind: str = ""
    level: str = ""
    parent: Target | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """How much of a unit that ends goes to a new unit."""

    predecessor: int
    successor: str
    share: Decimal
    estimate: bool
    renamed: bool
    localities: str = ""


@dataclass(slots=True)
class Plan:
    """The effect on the graph. `moves` gives continuing units a new parent; `heirs` are stated for ended units."""

    draft: Draft
    new: dict[str, NewUnit] = field(default_factory=dict)
    ended: dict[int, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    moves: dict[int, Target] = field(default_factory=dict)
    heirs: dict[int, Target] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def day(self) -> date:
        return self.draft.effective_on

    @property
    def last_day(self) -> date:
        """The last day of what ends."""
        return self.draft.effective_on - timedelta(days=1)

    def heir(self, pk: int) -> Target | None:
        """The one unit that takes over from a unit: itself when it continues, else its largest successor."""
        if pk not in self.ended:
            return pk
        if pk in self.heirs:
            return self.heirs[pk]
        edges = [edge for edge in self.edges if edge.predecessor == pk]
        return max(edges, key=lambda edge: edge.share).successor if edges else None

    def is_split(self, pk: int) -> bool:
        """Whether a unit ends in more than one other."""
        return sum(edge.predecessor == pk for edge in self.edges) > 1


def plan(draft: Draft, places: PlaceTree) -> Plan:
    """The whole effect of a draft. `problems` names all that is wrong; with any, the plan must not be carried out."""
    found = Plan(draft)
    known = _end_units(found, places)
    _begin_units(found, known)
    _share_out(found, known)
    _place_under(found, places, known)
    _check_new(found, places)
    return found


def _end_units(found: Plan, places: PlaceTree) -> dict[int, Node]:
    """The old unit of each row (by row number), and which units end."""
    known: dict[int, Node] = {}
    kinds: dict[int, set[ChangeKind]] = defaultdict(set)
    for change in found.draft.changes:
        node = places.at(change.code, found.last_day)
        if node is None:
            message = _("Ngày %(day)s không có đơn vị nào mang mã này.") % {"day": format_date(found.last_day)}
            _blame(found, change, "unknown_code", message, "code")
            continue
        if node.valid_to is not None:
            message = _("%(name)s đã có ngày kết thúc trong danh bạ.") % {"name": node.name}
            _blame(found, change, "ended_already", message, "code")
            continue
        known[change.row] = node
        kinds[node.pk].add(change.kind)
        if len(kinds[node.pk]) > 1:
            message = _("Một đơn vị chỉ có một cách sắp xếp trong một đợt.")
            _blame(found, change, "two_kinds", message, "kind")
        if change.kind in _ENDING:
            found.ended[node.pk] = node
    return known


def _begin_units(found: Plan, known: dict[int, Node]) -> None:
    """The new units, with what any row states of them; the rest from the predecessor that kept its code."""
    for change in found.draft.changes:
        if change.kind in (ChangeKind.TRANSFER, ChangeKind.END):
            continue
        if not change.new_code:
            _blame(found, change, "no_new_code", _("Thiếu mã đơn vị mới."), "new_code")
            continue
        unit = found.new.setdefault(change.new_code, NewUnit(change.new_code))
        for name in ("name", "kind", "level"):
            _state(found, change, unit, name)
        if change.latitude is not None and change.longitude is not None:
            unit.latitude, unit.longitude = change.latitude, change.longitude
    for unit in found.new.values():
        rows = [known[row.row] for row in found.draft.changes if row.new_code == unit.code and row.row in known]
        kept = next((node for node in rows if node.code == unit.code), None)
        if kept is not None:
            unit.name = unit.name or kept.name
        if (like := kept or next(iter(rows), None)) is not None:
            unit.level = unit.level or like.level
            unit.kind = unit.kind or like.kind


def _state(found: Plan, change: Change, unit: NewUnit, name: str) -> None:
    stated = getattr(change, f"new_{name}")
    held = getattr(unit, name)
    if stated and held and stated != held:
        message = _("Các dòng nói khác nhau về đơn vị mới %(code)s.") % {"code": unit.code}
        _blame(found, change, "disagree", message, f"new_{name}")
    elif stated:
        setattr(unit, name, stated)


def _share_out(found: Plan, known: dict[int, Node]) -> None:
    """The edges; shares not stated are divided equally and marked as estimates. Each unit must go out whole."""
    rows: dict[int, list[Change]] = defaultdict(list)
    for change in found.draft.changes:
        if change.row in known and change.new_code in found.new and change.kind in _ENDING[:3]:
            rows[known[change.row].pk].append(change)
    for pk, changes in rows.items():
        unstated = [change for change in changes if change.share is None]
        left = 1 - sum((change.share for change in changes if change.share is not None), Decimal(0))
        equal = (left / len(unstated)).quantize(Decimal("0.0001")) if unstated else Decimal(0)
        total = Decimal(0)
        for change in changes:
            share = change.share
            if share is None:
                # The last one takes what rounding left over.
                share = left - equal * (len(unstated) - 1) if change is unstated[-1] else equal
            total += share
            if share <= 0:
                continue
            found.edges.append(
                Edge(
                    pk,
                    change.new_code,
                    share,
                    change.estimate or (change.share is None and len(changes) > 1),
                    change.kind is ChangeKind.RENAME,
                    change.localities,
                )
            )
        if total != 1 or (any(change.share is None for change in changes) and left <= 0):
            message = _("Các tỷ phần của một đơn vị phải cộng lại bằng 1.")
            _blame(found, changes[0], "shares", message, "share")
        if len({change.new_code for change in changes}) < len(changes):
            _blame(found, changes[0], "twice", _("Hai dòng cùng đưa một đơn vị vào cùng một nơi."), "new_code")
        if len(changes) > 1 and any(change.kind is not ChangeKind.SPLIT for change in changes):
            _blame(found, changes[0], "not_split", _("Đơn vị vào nhiều nơi phải ghi là split."), "kind")


def _place_under(found: Plan, places: PlaceTree, known: dict[int, Node]) -> None:
    """Parents: of new units, of units transferred, and of those whose parent ends."""
    for change in found.draft.changes:
        if change.kind is ChangeKind.TRANSFER and change.row in known:
            target = _target(found, places, change.new_parent)
            if target is None:
                _blame(found, change, "no_parent", _("Đơn vị cấp trên mới không có vào ngày hiệu lực."), "new_parent")
            else:
                found.moves[known[change.row].pk] = target
        elif change.kind is ChangeKind.END and change.new_code and change.row in known:
            target = _target(found, places, change.new_code)
            if target is None:
                _blame(found, change, "no_heir", _("Nơi tiếp nhận không có vào ngày hiệu lực."), "new_code")
            else:
                found.heirs[known[change.row].pk] = target
        elif change.new_parent and change.new_code in found.new:
            target = _target(found, places, change.new_parent)
            if target is None:
                _blame(found, change, "no_parent", _("Đơn vị cấp trên mới không có vào ngày hiệu lực."), "new_parent")
            found.new[change.new_code].parent = target
    _follow_parents(found, places)


def _follow_parents(found: Plan, places: PlaceTree) -> None:
    for unit in found.new.values():
        if unit.parent is None and unit.level != "province":
            old = [edge.predecessor for edge in found.edges if edge.successor == unit.code]
            above = {_after(found, places, up.pk) for pk in old if (up := places.parent(pk, found.last_day))}
            if len(above) == 1:
                unit.parent = above.pop()
            if unit.parent is None:
                message = _("Chưa rõ đơn vị cấp trên của %(code)s; ghi cột new_parent.") % {"code": unit.code}
                found.problems.append(Problem("no_parent", message, column="new_parent", value=unit.code))
    for pk in found.ended:
        for child in places.within(pk, found.last_day):
            if child.pk in found.ended or child.pk in found.moves:
                continue
            target = _after(found, places, pk)
            if target is None:
                message = _("%(name)s mất đơn vị cấp trên; thêm dòng transfer.") % {"name": child.name}
                found.problems.append(Problem("no_parent", message, column="code", value=child.code))
            else:
                found.moves[child.pk] = target


def _after(found: Plan, places: PlaceTree, pk: int) -> Target | None:
    """What stands in the place of an upper unit afterwards; that of its own parent when it ceases."""
    if pk not in found.ended:
        return pk
    successors = {edge.successor for edge in found.edges if edge.predecessor == pk}
    level = found.ended[pk].level
    if len(successors) == 1:
        code = successors.pop()
        return code if found.new[code].level == level else None
    if successors:
        return None
    above = places.parent(pk, found.last_day)
    return _after(found, places, above.pk) if above is not None else None


def _target(found: Plan, places: PlaceTree, code: str) -> Target | None:
    if code in found.new:
        return code
    node = places.at(code, found.day)
    return node.pk if node is not None and node.pk not in found.ended else None


def _check_new(found: Plan, places: PlaceTree) -> None:
    for unit in found.new.values():
        if not unit.name:
            message = _("Thiếu tên của đơn vị mới %(code)s.") % {"code": unit.code}
            found.problems.append(Problem("no_name", message, column="new_name", value=unit.code))
        if unit.level not in RANK:
            message = _("Cấp của đơn vị mới %(code)s không hợp lệ.") % {"code": unit.code}
            found.problems.append(Problem("level", message, column="new_level", value=unit.level))
        if unit.kind not in KINDS:
            message = _("Loại của đơn vị mới %(code)s không hợp lệ.") % {"code": unit.code}
            found.problems.append(Problem("unit_kind", message, column="new_kind", value=unit.kind))
        for node in places.with_code(unit.code):
            if node.pk not in found.ended and (node.valid_to is None or node.valid_to >= found.day):
                message = _("Mã %(code)s đang thuộc %(name)s.") % {"code": unit.code, "name": node.name}
                found.problems.append(Problem("code_taken", message, column="new_code", value=unit.code))
    levels = {unit.code: unit.level for unit in found.new.values()}
    below: list[tuple[str, str, Target | None]] = [(unit.name, unit.level, unit.parent) for unit in found.new.values()]
    below += [(places.nodes[pk].name, places.nodes[pk].level, target) for pk, target in found.moves.items()]
    for name, level, target in below:
        upper = levels.get(target, "") if isinstance(target, str) else places.nodes[target].level if target else ""
        if upper and RANK.get(upper, 9) >= RANK.get(level, 9):
            message = _("%(name)s không thể trực thuộc một đơn vị cùng cấp hoặc thấp hơn.") % {"name": name}
            found.problems.append(Problem("parent_level", message, column="new_parent"))


def _blame(found: Plan, change: Change, code: str, message: str, column: str) -> None:
    value = str(getattr(change, column) or "")
    found.problems.append(Problem(code, message, row=change.row or None, column=column, value=value))
