"""Registering and changing an establishment."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem, Severity
from atvsld.law import load_book
from atvsld.platform.acts import Act, Conflict, Rejected, action
from atvsld.registers.establishments import rules, tax_codes
from atvsld.registers.establishments.actions.enterprises import provide_enterprises
from atvsld.registers.establishments.actions.industry import keep_former
from atvsld.registers.establishments.drafts import EstablishmentDraft, columns
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.establishments.policy import CHANGE, ESTABLISHMENTS
from atvsld.registers.places import tree


@action(needs=CHANGE, records="establishments:establishment:registered")
def register_establishment(act: Act, *, draft: EstablishmentDraft) -> Establishment:
    """Add an establishment. `Rejected` with the problems (a taken tax code among them), `Refused` outside the area."""
    return admit(act, draft)


@action(needs=CHANGE, records="establishments:establishment:changed")
def change_establishment(
    act: Act, *, establishment: Establishment, version: int, draft: EstablishmentDraft
) -> Establishment:
    """Replace the facts. `version` is the one the editor saw: `Conflict` when it is no longer current.

    The actor needs the right both where the establishment stands and where it would stand.
    """
    return replace_facts(act, establishment, version, draft)


def admit(act: Act, draft: EstablishmentDraft) -> Establishment:
    """Add an establishment within the act of the caller."""
    record = Establishment(**columns(draft))
    ESTABLISHMENTS.require(act.actor, CHANGE, record)
    _require_sound(act, draft)
    try:
        with transaction.atomic():
            provide_enterprises([record])
            record.save(force_insert=True)
    except IntegrityError as error:
        raise _explained(error, draft) from error
    return record


def replace_facts(act: Act, establishment: Establishment, version: int, draft: EstablishmentDraft) -> Establishment:
    """Replace the facts within the act of the caller, by one who may change both where it was and where it goes."""
    ESTABLISHMENTS.require(act.actor, CHANGE, establishment)
    ESTABLISHMENTS.require(act.actor, CHANGE, Establishment(pk=establishment.pk, **columns(draft)))
    _require_sound(act, draft)
    try:
        with transaction.atomic():
            former = {"version": establishment.industry_version, "code": establishment.industry_code}
            step(establishment, version, **columns(draft))
            keep_former(establishment, **former)
    except IntegrityError as error:
        raise _explained(error, draft) from error
    establishment.refresh_from_db()
    return establishment


def step(establishment: Establishment, version: int, **values: object) -> None:
    """Move the record to its next version, or raise `Conflict` when someone else did so first."""
    held = Establishment.objects.filter(pk=establishment.pk, version=version)
    if not held.update(version=F("version") + 1, **values):
        raise Conflict(
            _("Cơ sở %(name)s vừa được người khác sửa nên thay đổi của bạn chưa được ghi. Mở lại để xem bản mới.")
            % {"name": establishment.name}
        )


def _require_sound(act: Act, draft: EstablishmentDraft) -> None:
    found = rules.check(load_book(), tree.current(), draft, on=act.day)
    problems = [problem for problem in found if problem.severity is Severity.BLOCK]
    if problems:
        raise Rejected(problems)


def _explained(error: IntegrityError, draft: EstablishmentDraft) -> Exception:
    if "tax_code" not in str(error):
        return error
    message = _("Mã số thuế %(code)s đã có trong danh sách.") % {"code": tax_codes.display(draft.tax_code)}
    return Rejected([Problem("tax_code_taken", message, _("Tìm theo mã này rồi sửa."), column="tax_code")])
