"""Writing in ledgers: the only way in, for pages, files, other systems and the demo alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from typing import Any, TypeVar

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from atvsld.kit.ids import is_ulid
from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Conflict, Rejected, action
from atvsld.platform.files.facade import HANDED_IN, keep
from atvsld.registers.ledgers import values
from atvsld.registers.ledgers.ledger import Ledger, R
from atvsld.registers.ledgers.models import LedgerFile, LedgerRecord
from atvsld.registers.ledgers.reach import OWN, Owner, records

T = TypeVar("T")


def enter(act: Act, *, ledger: Ledger[R], key: str, owner: Owner, given: Mapping[str, Any]) -> R:
    """Write a new record. `key` is a ULID made by the sender: sent twice, it gives the same record.

    `given`: values by field name; a record referred to by its primary key or itself. `Conflict` when the key already
    names a record that says something else; `Rejected` with the problems.
    """

    def write(act: Act) -> R:
        record = ledger.model(public_id=key, **owner.columns)
        OWN.require(act.actor, ledger.change, record)
        _require_key(key)
        values.assign(ledger, record, given)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{ledger.word}:{key}"])
        earlier = records(ledger).filter(public_id=key).first()
        if earlier is not None:
            return _same(act, ledger, earlier, record)
        _require_sound(act, ledger, record)
        _save(record, new=True)
        ledger.after(act, record, "entered")
        return record

    return _as_act(act, ledger, "entered", write)


def change(act: Act, *, ledger: Ledger[R], record: R, version: int, given: Mapping[str, Any]) -> R:
    """Replace what a record says in the fields given. `Conflict` when somebody changed it since `version`."""

    def write(act: Act) -> R:
        held = _held(act, ledger, record, version)
        draft = copy(held)
        values.assign(ledger, draft, given)
        if values.stated(ledger, draft) == values.stated(ledger, held):
            return held
        _require_sound(act, ledger, draft)
        draft.version += 1
        _save(draft)
        ledger.after(act, draft, "changed")
        return draft

    return _as_act(act, ledger, "changed", write)


def withdraw(act: Act, *, ledger: Ledger[R], record: R, version: int, why: str) -> R:
    """Take a record out of every list, count and proof; it stays with the reason."""

    def write(act: Act) -> R:
        held = _held(act, ledger, record, version)
        if not why.strip():
            remedy = _("Nêu vì sao, ví dụ: ghi trùng, ghi nhầm đơn vị.")
            raise Rejected([Problem("no_reason", _("Chưa ghi lý do bỏ."), remedy, column="why")])
        held.withdrawn_at, held.withdrawn_why = act.at, why.strip()[:300]
        held.version += 1
        held.save()
        ledger.after(act, held, "withdrawn")
        return held

    return _as_act(act, ledger, "withdrawn", write)


def attach(act: Act, *, ledger: Ledger[R], record: R, name: str, content: bytes) -> LedgerFile:
    """Lay a file beside a record; the same content twice is one file."""

    def write(act: Act) -> LedgerFile:
        _held(act, ledger, record, None)
        file = keep(
            act, name=name, content=content, purpose=f"ledgers:{ledger.word}:{record.public_id}", kinds=HANDED_IN
        )
        laid, _made = LedgerFile.objects.get_or_create(
            ledger=ledger.word, key=record.public_id, file=file, defaults={"added_at": act.at}
        )
        return laid

    return _as_act(act, ledger, "file_added", write)


def detach(act: Act, *, ledger: Ledger[R], record: R, file: LedgerFile) -> None:
    """Take a file away from a record; history keeps that it was there."""

    def write(act: Act) -> None:
        _held(act, ledger, record, None)
        LedgerFile.objects.filter(pk=file.pk, ledger=ledger.word, key=record.public_id).delete()

    _as_act(act, ledger, "file_removed", write)


def _as_act(act: Act, ledger: Ledger[R], done: str, write: Callable[[Act], T]) -> T:
    """One act under the ledger's own permission, in one transaction, named in history."""
    return action(needs=ledger.change, records=f"ledgers:record:{done}")(write)(act)


def _held(act: Act, ledger: Ledger[R], record: R, version: int | None) -> R:
    """The record as it stands, locked, when the actor may write it and nobody changed it since."""
    OWN.require(act.actor, ledger.change, record)
    # The owner's names come in by left joins, which cannot be locked.
    held: R = ledger.model._default_manager.select_for_update().get(pk=record.pk)  # noqa: SLF001
    OWN.require(act.actor, ledger.change, held)
    if version is not None and held.version != version:
        raise Conflict(_("Hồ sơ vừa được người khác sửa. Mở lại hồ sơ để xem bản mới rồi ghi tiếp."))
    if held.withdrawn_at is not None:
        raise Rejected([Problem("withdrawn", _("Hồ sơ đã bỏ, không sửa được nữa."), _("Ghi hồ sơ mới."))])
    if why := str(ledger.locked(held)):
        raise Rejected([Problem("locked", why)])
    return held


def _same(act: Act, ledger: Ledger[R], earlier: R, record: R) -> R:
    """A form sent twice: the record it already gave, unless it says something else."""
    OWN.require(act.actor, ledger.change, earlier)
    if values.stated(ledger, earlier) != values.stated(ledger, record):
        raise Conflict(_("Phiếu này đã được ghi với nội dung khác. Mở lại trang ghi mới để ghi thêm hồ sơ."))
    return earlier


def _require_key(key: str) -> None:
    if not is_ulid(key):
        raise Rejected([Problem("bad_key", _("Mã phiếu không đúng dạng."), _("Mở lại trang ghi mới."))])


def _require_sound(act: Act, ledger: Ledger[R], record: R) -> None:
    if found := values.problems(ledger, record, act.day):
        raise Rejected(found)


def _save(record: LedgerRecord, *, new: bool = False) -> None:
    """Write a record; a rule of the database that it breaks is told like any other problem."""
    try:
        with transaction.atomic():
            record.save(force_insert=new)
    except IntegrityError:
        if found := list(values.broken(record)):
            raise Rejected(found) from None
        raise
