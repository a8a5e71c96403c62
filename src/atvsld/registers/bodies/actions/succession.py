"""A body is followed by another: renamed, joined with others, or divided, without any unit being reorganised."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from atvsld.kit.certainty import Certainty
from atvsld.kit.outcome import Problem
from atvsld.kit.text import fold, format_date
from atvsld.platform.acts import Act, Rejected, action
from atvsld.registers.bodies.handing_over import HandingOver, heirs
from atvsld.registers.bodies.models import Body, BodyFunction, BodySuccession, ZoneAuthority
from atvsld.registers.bodies.policy import CHANGE

ZONES = "zone_authority"


@dataclass(frozen=True, slots=True)
class Successor:
    """Who takes over: a body that exists, or the name of one that begins on the day."""

    body: Body | None = None
    name: str = ""
    short_name: str = ""
    parent_line: str = ""


@action(needs=CHANGE, records="bodies:body:succeeded")
def succeed(
    act: Act,
    *,
    body: Body,
    successor: Successor,
    on: date,
    legal_basis: str,
    functions: Collection[str],
    certainty: Certainty = Certainty.OFFICIAL,
) -> Body:
    """From `on`, a successor holds some functions of a body; the body ends the day before when it keeps none.

    Zones go with the function of a zone authority; people's offices and open work go with the body (`handing_over`).
    Joining several bodies is this act for each of them, dividing one is this act for each part. `Rejected` when a
    function is no longer held: the same handing over twice is told, not done.
    """
    body = Body.objects.select_for_update().get(pk=body.pk)
    chosen = tuple(sorted(set(functions)))
    if problems := _problems(body, successor, on, chosen, legal_basis):
        raise Rejected(problems)
    new = successor.body or _founded(body, successor, on, legal_basis, certainty)
    for row in _standing(body, on).filter(function__in=chosen):
        _hand_function(row, new, on)
    edge = {"effective_on": on, "legal_basis": legal_basis, "certainty": certainty.value}
    BodySuccession.objects.get_or_create(predecessor=body, successor=new, defaults=edge)
    if ZONES in chosen:
        _hand_zones(body, new, on, legal_basis, certainty)
    ends = not _standing(body, on).exists()
    if ends:
        body.valid_to = on - timedelta(days=1)
        body.save(update_fields=["valid_to"])
    for heir in heirs():
        heir.take_over(act, HandingOver(body, new, on, chosen, ends))
    return new


def _standing(body: Body, on: date) -> QuerySet[BodyFunction]:
    return body.functions.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))


def _problems(body: Body, successor: Successor, on: date, chosen: tuple[str, ...], basis: str) -> list[Problem]:
    found = []
    held = set(_standing(body, on).values_list("function", flat=True))
    if not basis.strip():
        found.append(Problem("no_basis", _("Chưa ghi căn cứ pháp lý."), column="legal_basis"))
    if on <= body.valid_from or (body.valid_to is not None and body.valid_to < on - timedelta(days=1)):
        span = format_date(body.valid_from), format_date(body.valid_to) if body.valid_to else _("nay")
        message = _("Cơ quan này có từ %(start)s đến %(end)s; ngày chuyển phải ở trong đó.")
        found.append(Problem("outside", message % {"start": span[0], "end": span[1]}, column="on"))
    elif not chosen or not set(chosen) <= held:
        message = _("Ngày %(day)s cơ quan này không giữ (hoặc đã chuyển) chức năng được chọn.")
        remedy = _("Mở lại trang của cơ quan để xem chức năng còn giữ.")
        found.append(Problem("not_held", message % {"day": format_date(on)}, remedy, column="functions"))
    other = successor.body
    if other is None and not successor.name.strip():
        found.append(Problem("no_successor", _("Chọn cơ quan tiếp nhận hoặc ghi tên cơ quan mới."), column="name"))
    if other is not None:
        lasting = other.valid_from <= on and (other.valid_to is None or other.valid_to >= on)
        if other.pk == body.pk or not lasting:
            message = _("Cơ quan tiếp nhận phải là cơ quan khác và đang tồn tại vào ngày chuyển.")
            found.append(Problem("successor", message, column="body"))
    return found


def _founded(body: Body, successor: Successor, on: date, basis: str, certainty: Certainty) -> Body:
    name = " ".join(successor.name.split())
    stem = f"{slugify(fold(name))[:44]}-{on:%Y-%m}"
    taken = Body.objects.filter(code__startswith=stem).count()
    return Body.objects.create(
        code=f"{stem}-{taken + 1}" if taken else stem,
        name=name,
        name_folded=fold(name),
        short_name=successor.short_name.strip(),
        parent_line=successor.parent_line.strip() or body.parent_line,
        place_id=body.place_id,
        valid_from=on,
        legal_basis=basis,
        certainty=certainty.value,
    )


def _hand_function(row: BodyFunction, new: Body, on: date) -> None:
    until = row.valid_to
    if row.valid_from >= on:
        # Not begun yet: it will begin at the successor.
        row.delete()
    else:
        row.valid_to = on - timedelta(days=1)
        row.save(update_fields=["valid_to"])
    held = _standing(new, on).filter(function=row.function, place_id=row.place_id)
    if not held.exists():
        start = max(on, row.valid_from)
        BodyFunction.objects.create(
            body=new, function=row.function, place_id=row.place_id, valid_from=start, valid_to=until, note=row.note
        )


def _hand_zones(old: Body, new: Body, on: date, basis: str, certainty: Certainty) -> None:
    for row in ZoneAuthority.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), body=old):
        start, until = max(on, row.valid_from), row.valid_to
        if row.valid_from >= on:
            row.delete()
        else:
            row.valid_to = on - timedelta(days=1)
            row.save(update_fields=["valid_to"])
        ZoneAuthority.objects.create(
            zone_id=row.zone_id, body=new, valid_from=start, valid_to=until, legal_basis=basis,
            certainty=certainty.value,
        )  # fmt: skip
