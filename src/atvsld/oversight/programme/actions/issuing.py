"""Issuing a plan, and opening the edition that will replace it."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from atvsld.kit.ids import new_ulid
from atvsld.kit.outcome import Problem
from atvsld.law.programme_diff import Difference, difference
from atvsld.oversight.programme import known
from atvsld.oversight.programme.actions.entering import columns, moved_on, must_be_draft, step
from atvsld.oversight.programme.models import EnteredProgramme
from atvsld.oversight.programme.policy import CHANGE, OWN
from atvsld.platform.acts import Act, Conflict, Rejected, action

State = EnteredProgramme.State


def in_force(code: str) -> EnteredProgramme | None:
    """The edition of a plan that holds now."""
    return EnteredProgramme.objects.filter(code=code, state=State.ISSUED).first()


def replaces(draft: EnteredProgramme) -> Difference | None:
    """What a draft changes of the edition in force; None when there is none, or one of them cannot be read."""
    before = in_force(draft.code)
    if before is None:
        return None
    among = known.known(date.max).by_id
    old = known.read(before.header, before.rows, among=among).programme
    new = known.read(draft.header, draft.rows, among=among).programme
    return None if old is None or new is None else difference(old, new)


@action(needs=CHANGE, records="programme:programme:issued")
def issue(act: Act, *, entered: EnteredProgramme, version: int, number: str, issued_on: date) -> EnteredProgramme:
    """Put a draft in force; the edition that was in force is kept as replaced. Sent twice, it is issued once."""
    OWN.require(act.actor, CHANGE, entered)
    entered.refresh_from_db()
    if entered.state == State.ISSUED and entered.number == number.strip() and entered.issued_on == issued_on:
        return entered
    must_be_draft(entered)
    if issued_on > act.day:
        message = _("Ngày ban hành còn ở phía trước.")
        raise Rejected([Problem("issued_on", message, _("Ghi ngày trên văn bản."), column="issued_on")])
    before = EnteredProgramme.objects.select_for_update().filter(code=entered.code, state=State.ISSUED).first()
    if before is not None and before.issued_on is not None and issued_on < before.issued_on:
        message = _("Bản đang có hiệu lực ban hành ngày %(day)s.") % {"day": f"{before.issued_on:%d/%m/%Y}"}
        raise Rejected(
            [Problem("issued_on", message, _("Bản sau không ban hành trước bản trước."), column="issued_on")]
        )
    told = {**entered.header, "number": number.strip(), "issued_on": issued_on.isoformat()}
    values = columns(told, entered.rows)
    if before is not None:
        held = EnteredProgramme.objects.filter(pk=before.pk, version=before.version, state=State.ISSUED)
        if not held.update(state=State.REPLACED, version=F("version") + 1):
            raise moved_on()
    return step(entered, version, state=State.ISSUED, **values)


@action(needs=CHANGE, records="programme:programme:revised")
def revise(act: Act, *, entered: EnteredProgramme) -> EnteredProgramme:
    """A draft of the next edition, begun from the one in force; the draft there is when there is one."""
    OWN.require(act.actor, CHANGE, entered)
    if draft := EnteredProgramme.objects.filter(code=entered.code, state=State.DRAFT).first():
        return draft
    base = in_force(entered.code)
    if base is None:
        raise Conflict(_("Kế hoạch chưa có bản nào đang có hiệu lực."))
    last = EnteredProgramme.objects.filter(code=entered.code).order_by("-edition").first()
    assert last is not None  # `base` is one of them
    draft = EnteredProgramme(
        public_id=new_ulid(), code=base.code, edition=last.edition + 1, level=base.level, title=base.title,
        year=base.year, number="", issued_on=None, header={**base.header, "number": "", "issued_on": ""},
        rows=base.rows, body=base.body, establishment=base.establishment, place=base.place,
    )  # fmt: skip
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError:
        # Somebody else opened it at the same moment.
        return EnteredProgramme.objects.get(code=entered.code, state=State.DRAFT)
    return draft
