"""Entering a plan and changing its draft: whole or not at all, so that every draft can be read as a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from atvsld.kit.ids import is_ulid
from atvsld.kit.outcome import Problem
from atvsld.law.programme import Level, Programme
from atvsld.law.programme_reading import load_programmes
from atvsld.oversight.programme import known
from atvsld.oversight.programme.models import EnteredProgramme
from atvsld.oversight.programme.policy import CHANGE, OWN
from atvsld.oversight.programme.queries import ABOVE_ALL
from atvsld.platform.acts import Act, Conflict, Rejected, action
from atvsld.platform.files.facade import keep
from atvsld.registers.bodies.models import Body, BodyFunction
from atvsld.registers.bodies.queries import in_force
from atvsld.registers.establishments.models import Establishment

State = EnteredProgramme.State
# Who may enter a document everybody below carries out.
ISSUERS = ("osh_lead", "ppc")
# Words of our own addresses.
RESERVED = ("moi", "nhap", "so-lieu", "soan", "theo-doi")
Row = Mapping[str, str]


@action(needs=CHANGE, records="programme:programme:entered")
def enter(
    act: Act,
    *,
    key: str,
    header: Row,
    rows: Sequence[Row],
    body: Body | None = None,
    establishment: Establishment | None = None,
    source: tuple[str, bytes] | None = None,
    first_row: int = 2,
) -> EnteredProgramme:
    """A new plan, or the next edition of one's own, as a draft. `key` comes from the sender: sent twice, entered once.

    `Rejected` with every mistake by row and column; then nothing is written.
    """
    if not is_ulid(key):
        raise Rejected([Problem("bad_key", _("Mã phiếu không đúng dạng."), _("Mở lại trang nhập kế hoạch."))])
    owner = body or establishment
    if owner is None or (body is not None and establishment is not None):
        raise Rejected([Problem("owner", _("Chọn một đơn vị có kế hoạch."), column="owner")])
    told = columns(header, rows, first_row)
    made = EnteredProgramme(public_id=key, body=body, establishment=establishment, place_id=owner.place_id, **told)
    OWN.require(act.actor, CHANGE, made)
    _require_level(act, made)
    if held := EnteredProgramme.objects.filter(public_id=key).first():
        OWN.require(act.actor, CHANGE, held)
        return held
    made.edition = _next_edition(act, made.code)
    if source is not None:
        name, content = source
        made.source = keep(act, name=name, content=content, purpose=f"programme:source:{key}")
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("Kế hoạch này vừa có một bản soạn khác. Mở lại trang để xem bản ấy.")) from error
    return made


@action(needs=CHANGE, records="programme:programme:changed")
def change(act: Act, *, entered: EnteredProgramme, version: int, header: Row, rows: Sequence[Row]) -> EnteredProgramme:
    """Replace what a draft says; its code stays. `Rejected` with every mistake by row and column."""
    OWN.require(act.actor, CHANGE, entered)
    must_be_draft(entered)
    if header.get("id", "").strip() != entered.code:
        message = _("Mã kế hoạch của một bản soạn không đổi được.")
        raise Rejected([Problem("programme.id", message, _("Nhập thành kế hoạch mới với mã khác."), column="id")])
    told = columns(header, rows)
    entered.level = told["level"]
    _require_level(act, entered)
    return step(entered, version, **told)


@action(needs=CHANGE, records="programme:programme:dropped")
def drop(act: Act, *, entered: EnteredProgramme, version: int) -> None:
    """Remove a draft. What was issued is never removed, only replaced."""
    OWN.require(act.actor, CHANGE, entered)
    held = EnteredProgramme.objects.filter(pk=entered.pk, version=version, state=State.DRAFT)
    if not held.delete()[0]:
        raise moved_on()


def columns(header: Row, rows: Sequence[Row], first_row: int = 2) -> dict[str, Any]:
    """The columns of a plan that is in order; `Rejected` names every mistake otherwise."""
    told = {name: str(value).strip() for name, value in header.items()}
    lines = [{name: str(value).strip() for name, value in row.items() if str(value).strip()} for row in rows]
    reading = known.read(told, lines, among=known.known(date.max).by_id, first_row=first_row)
    problems = list(reading.problems)
    if told.get("id") in load_programmes().by_id or told.get("id") in RESERVED:
        message = _("Mã “%(code)s” là của một kế hoạch có sẵn.") % {"code": told["id"]}
        problems.insert(0, Problem("programme.id_taken", message, _("Chọn mã khác."), column="id"))
    if problems or reading.programme is None:
        raise Rejected(problems)
    one: Programme = reading.programme
    return {
        "code": one.id,
        "level": one.level.value,
        "title": one.title.vi,
        "year": one.valid_from.year,
        "number": one.number,
        "issued_on": one.issued_on,
        "header": told,
        "rows": [line for line in lines if line],
    }


def _require_level(act: Act, entered: EnteredProgramme) -> None:
    """What everybody below carries out is entered by the standing body or the People's Committee alone."""
    level = Level(entered.level)
    if entered.establishment_id is not None:
        fits, remedy = level is Level.ESTABLISHMENT, _("Chọn “Kế hoạch của cơ sở”.")
    elif level in ABOVE_ALL:
        rows = BodyFunction.objects.filter(in_force(act.day), body=entered.body, function__in=ISSUERS)
        fits, remedy = rows.exists(), _("Cơ quan thường trực nhập văn bản của cấp trên; ở đây chọn cấp đơn vị.")
    else:
        fits, remedy = level is Level.BODY, _("Chọn “Kế hoạch của cơ quan, đơn vị”.")
    if not fits:
        message = _("%(owner)s không nhập kế hoạch ở cấp này.") % {"owner": entered.owner}
        raise Rejected([Problem("programme.level", message, remedy, column="level")])


def _next_edition(act: Act, code: str) -> int:
    """1 for a new plan, the next number for one's own; `Rejected` when it is somebody else's or has a draft."""
    others = EnteredProgramme.objects.filter(code=code)
    for other in others:
        if not OWN.decide(act.actor, CHANGE, other):
            message = _("Mã “%(code)s” đã dùng cho kế hoạch của %(owner)s.") % {"code": code, "owner": other.owner}
            raise Rejected([Problem("programme.id_taken", message, _("Chọn mã khác."), column="id", value=code)])
        if other.state == State.DRAFT:
            message = _("Kế hoạch “%(code)s” đang có bản soạn.") % {"code": code}
            remedy = _("Sửa hoặc bỏ bản soạn ấy trước.")
            raise Rejected([Problem("programme.draft_exists", message, remedy, column="id", value=code)])
    return int(others.aggregate(last=Max("edition"))["last"] or 0) + 1


def must_be_draft(entered: EnteredProgramme) -> None:
    if entered.state != State.DRAFT:
        raise Conflict(_("Bản này đã ban hành nên không sửa được. Mở bản sửa để soạn bản thay thế."))


def step(entered: EnteredProgramme, version: int, **values: Any) -> EnteredProgramme:
    """Compare-and-set on the version."""
    held = EnteredProgramme.objects.filter(pk=entered.pk, version=version)
    if not held.update(version=F("version") + 1, **values):
        raise moved_on()
    entered.refresh_from_db()
    return entered


def moved_on() -> Conflict:
    return Conflict(_("Kế hoạch vừa được người khác sửa nên thay đổi của bạn chưa được ghi. Mở lại để xem bản mới."))
