"""Writing into a draft, place by place: what two people write in different places stands side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.oversight.filing import drafts
from atvsld.oversight.filing.actions.stepping import hold, require_state
from atvsld.oversight.filing.filled import Written
from atvsld.oversight.filing.models import Attachment, DraftEntry, Filing
from atvsld.oversight.filing.policy import OWN, SUBMIT
from atvsld.oversight.filing.shape import Shape
from atvsld.platform.acts import Act, Rejected, action
from atvsld.platform.files import facade as files

LONGEST_TEXT = 5_000
LONGEST_REASON = 300
MOST_EDITS = 5_000
# Places that may be written in one draft: a form has some hundreds, open tables grow by rows.
MOST_ENTRIES = 20_000
MOST_FILES = 10
PURPOSE = "filing.attachment"
_UNSTORABLE = str.maketrans("", "", "\x00")


@dataclass(frozen=True, slots=True)
class Edit:
    """One change: `was` is the text its writer saw written there (None: nobody had written), `now` the new one.

    `now` None takes back what was written, so that the figure of the registers stands again. `reason` None leaves
    the reason as it is.
    """

    key: str
    was: str | None
    now: str | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """A place where somebody else wrote meanwhile: both texts, and whose the stored one is. Nothing was written."""

    key: str
    mine: str | None
    theirs: str | None
    by: str


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a batch of edits."""

    written: tuple[str, ...]
    clashes: tuple[Clash, ...]
    problems: tuple[Problem, ...]


def merge(
    entries: Mapping[str, Written], edits: Iterable[Edit], *, by: str = ""
) -> tuple[dict[str, Written | None], list[Clash]]:
    """What a batch changes in what is written (None: taken back), and where it clashes with what others wrote.

    An edit that says what stands there already changes nothing and clashes with nobody.
    """
    changes: dict[str, Written | None] = {}
    clashes = []
    for edit in edits:
        held = changes.get(edit.key, entries.get(edit.key))
        stored = held.text if held else None
        if stored not in (edit.was, edit.now):
            clashes.append(Clash(edit.key, edit.now, stored, held.by if held else ""))
        elif edit.now is None:
            if held is not None:
                changes[edit.key] = None
        else:
            reason = edit.reason if edit.reason is not None else (held.reason if held else "")
            if held is None or (held.text, held.reason) != (edit.now, reason):
                changes[edit.key] = Written(edit.now, reason, by)
    return changes, clashes


@action(needs=SUBMIT, records="filing:report_filing:drafted")
def save_cells(act: Act, *, filing: Filing, edits: Sequence[Edit]) -> Saved:
    """Write a batch of edits. A clash or a fault concerns its own place alone; all others are written.

    `Rejected` when the report cannot be written at all now.
    """
    OWN.require(act.actor, SUBMIT, filing)
    if len(edits) > MOST_EDITS:
        message = _("Gửi quá nhiều ô trong một lần (%(count)s).") % {"count": len(edits)}
        raise Rejected([Problem("too_many", message, _("Chia thành nhiều lần."))])
    filing = hold(filing)
    require_state(filing, Filing.OPEN, _("Không ghi được"))
    shape = drafts.shape(filing)
    sound, problems = _sound(shape, edits)
    entries = drafts.entries_of(filing)
    changes, clashes = merge(entries, sound, by=act.actor.name)
    if len(entries) + len(changes) > MOST_ENTRIES:
        message = _("Báo cáo có quá nhiều ô đã ghi.")
        raise Rejected([Problem("too_many", message, _("Chuyển danh sách dài sang tệp kèm theo."))])
    _write(act, filing, changes)
    return Saved(tuple(changes), tuple(clashes), tuple(problems))


def _sound(shape: Shape, edits: Sequence[Edit]) -> tuple[list[Edit], list[Problem]]:
    sound: list[Edit] = []
    problems = []
    for edit in edits:
        now = edit.now.translate(_UNSTORABLE) if edit.now is not None else None
        reason = edit.reason.translate(_UNSTORABLE).strip() if edit.reason is not None else None
        if not shape.knows(edit.key):
            message = _("Biểu mẫu không có ô “%(key)s” để ghi.") % {"key": edit.key[:110]}
            problems.append(Problem("unknown_cell", message, _("Mở lại trang lập báo cáo."), column=edit.key[:110]))
        elif len(now or "") > LONGEST_TEXT or len(reason or "") > LONGEST_REASON:
            message = _("Nội dung dài quá %(limit)s ký tự.") % {
                "limit": LONGEST_TEXT if len(now or "") > LONGEST_TEXT else LONGEST_REASON
            }
            problems.append(Problem("too_long", message, _("Rút gọn lại."), column=edit.key))
        else:
            sound.append(Edit(edit.key, edit.was, now, reason))
    return sound, problems


def _write(act: Act, filing: Filing, changes: Mapping[str, Written | None]) -> None:
    gone = [key for key, entry in changes.items() if entry is None]
    if gone:
        DraftEntry.objects.filter(filing=filing, key__in=gone).delete()
    kept = [
        DraftEntry(
            filing=filing, key=key, text=entry.text, reason=entry.reason, changed_by_id=act.actor.user_id,
            by_name=act.actor.name[:200], changed_at=act.at,
        )
        for key, entry in changes.items()
        if entry is not None
    ]  # fmt: skip
    DraftEntry.objects.bulk_create(
        kept,
        update_conflicts=True,
        unique_fields=["filing", "key"],
        update_fields=["text", "reason", "changed_by", "by_name", "changed_at"],
    )


@action(needs=SUBMIT, records="filing:report_filing:file_added")
def attach(act: Act, *, filing: Filing, name: str, content: bytes) -> Attachment:
    """Lay a file beside the report; the same content once. `Rejected` for one that is too many, too large, or odd."""
    OWN.require(act.actor, SUBMIT, filing)
    filing = hold(filing)
    require_state(filing, Filing.OPEN, _("Không kèm được tệp"))
    stored = files.keep(act, name=name, content=content, purpose=PURPOSE)
    beside = Attachment.objects.filter(filing=filing, removed_at__isnull=True)
    if held := beside.filter(file=stored).first():
        return held
    if beside.count() >= MOST_FILES:
        message = _("Đã kèm đủ %(limit)s tệp.") % {"limit": MOST_FILES}
        raise Rejected([Problem("too_many_files", message, _("Bỏ bớt hoặc gộp các tệp."), column="file")])
    return Attachment.objects.create(
        filing=filing, file=stored, name=(name or stored.name)[:160], by_name=act.actor.name[:200], added_at=act.at
    )


@action(needs=SUBMIT, records="filing:report_filing:file_removed")
def detach(act: Act, *, attachment: Attachment) -> None:
    """Take a file out of the draft; submissions that named it keep it."""
    filing = attachment.filing
    OWN.require(act.actor, SUBMIT, filing)
    filing = hold(filing)
    require_state(filing, Filing.OPEN, _("Không bỏ được tệp"))
    Attachment.objects.filter(Q(pk=attachment.pk), removed_at__isnull=True).update(removed_at=act.at)
