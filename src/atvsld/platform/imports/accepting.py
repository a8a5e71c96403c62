"""The way every file goes: staged, checked, matched, counted, written; each kind of file says what the steps do.

Two imports of one kind wait for each other, so the second sees what the first wrote. All of it is one transaction
under one act; a trial run stops before the writing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, Protocol

from django.db import IntegrityError
from django.utils.translation import gettext as _
from psycopg.errors import UniqueViolation

from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, action
from atvsld.platform.imports.columns import Spec
from atvsld.platform.imports.findings import FileRefused, Findings, ImportOutcome
from atvsld.platform.imports.source import Source
from atvsld.platform.imports.staging import Loader
from atvsld.platform.imports.targets import Options

# Staged columns worked out from others: name → (column read, how).
Derived = Mapping[str, tuple[str, Callable[[str], str]]]


class Counts(NamedTuple):
    """Good rows: those that bring a new record, change one, or say what is stored already."""

    new: int
    changed: int
    unchanged: int


class Batch(Protocol):
    """The staged rows of one file in the open transaction; its steps are called once each, in this order."""

    def lock(self) -> None:
        """Wait for another import of the same records."""

    def check(self, findings: Findings, store_bad: Callable[[], None]) -> None:
        """Put everything wrong into `findings` and leave the good rows; `store_bad` shows SQL the bad rows so far."""

    def match(self, *, dry_run: bool) -> Counts:
        """Compare the good rows with what is stored."""

    def unknown(self) -> dict[str, int]:
        """Empty cells per column among the good rows."""

    def write(self) -> dict[str, int]:
        """Insert and update; how many records of each kind were created."""


def take_in(
    act: Act, spec: Spec, source: Source, options: Options, batch: Batch, *, derived: Derived | None = None
) -> ImportOutcome:
    """Take a source through the steps of a batch, within the action of its kind. `FileRefused` when it has no row."""
    findings = Findings()
    batch.lock()
    loader = Loader(spec, source, findings, latest=act.at, derived=derived)
    total = loader.load(options.progress)
    if not total and source.header_row:
        message = _("Tệp chỉ có dòng tiêu đề (dòng %(row)d), chưa có dòng dữ liệu nào.") % {"row": source.header_row}
        raise FileRefused("no_rows", message, _("Điền dữ liệu dưới dòng tiêu đề rồi gửi lại."))
    batch.check(findings, loader.store_bad)
    outcome = ImportOutcome(dry_run=options.dry_run)
    if options.all_or_nothing and findings.errors_total:
        message = _("Không ghi dòng nào vì tệp có dòng lỗi và bạn chọn “chỉ ghi khi mọi dòng đều đúng”.")
        findings.add(Problem("all_or_nothing", message, _("Sửa các dòng lỗi rồi nhập lại.")))
        outcome.rejected = total
        outcome.take(findings)
        return outcome
    counts = batch.match(dry_run=options.dry_run)
    outcome.new, outcome.accepted, outcome.unchanged = counts.new, counts.new + counts.changed, counts.unchanged
    outcome.rejected = total - outcome.accepted - outcome.unchanged
    outcome.unknown = batch.unknown()
    if outcome.accepted and not options.dry_run:
        outcome.created |= batch.write()
    outcome.take(findings)
    return outcome


def acceptor(
    *,
    needs: str,
    records: str,
    spec: Callable[[], Spec],
    batch: Callable[[Act, Source, Options], Batch],
    derived: Derived | None = None,
) -> Callable[[Act, Source, Options], ImportOutcome]:
    """What takes in a source of one kind as one act that `needs` a permission and `records` a name in history."""

    @action(needs=needs, records=records)
    def run(act: Act, *, source: Source, options: Options) -> ImportOutcome:
        return take_in(act, spec(), source, options, batch(act, source, options), derived=derived)

    def accept(act: Act, source: Source, options: Options) -> ImportOutcome:
        try:
            return run(act, source=source, options=options)
        except IntegrityError as error:
            if not isinstance(error.__cause__, UniqueViolation):
                raise
            # The constraint alone: the database's sentence repeats the values.
            name = error.__cause__.diag.constraint_name or ""
            message = _("Dữ liệu vừa được người khác ghi cùng lúc (%(name)s).") % {"name": name}
            return ImportOutcome.refused(Problem("busy", message, _("Không ghi gì; hãy nhập lại tệp.")))

    return accept
