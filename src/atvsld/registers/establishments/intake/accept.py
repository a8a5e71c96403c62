"""One file, one act: rows staged, checked, matched by tax code with what is stored, written in sets.

Rows under one tax code describe one establishment: what they say of it must agree, and each states the workforce of
another year. A column the file does not have and an empty cell leave the stored value alone.
"""

from __future__ import annotations

from django.db import IntegrityError
from django.utils.translation import gettext as _
from psycopg.errors import UniqueViolation

from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, action
from atvsld.platform.imports.findings import Findings, ImportOutcome
from atvsld.platform.imports.source import Source
from atvsld.platform.imports.staging import Loader
from atvsld.platform.imports.targets import Options
from atvsld.registers.establishments import policy
from atvsld.registers.establishments.intake import checks, merge
from atvsld.registers.establishments.intake.columns import spec


def accept(act: Act, source: Source, options: Options) -> ImportOutcome:
    """Take in a source. Raises `Refused` when the actor may import nowhere."""
    try:
        return _import(act, source=source, options=options)
    except IntegrityError as error:
        if not isinstance(error.__cause__, UniqueViolation):
            raise
        message = _("Dữ liệu vừa được người khác ghi cùng lúc: %(why)s") % {"why": str(error).splitlines()[0]}
        return ImportOutcome.refused(Problem("busy", message, _("Không ghi gì; hãy nhập lại tệp.")))


@action(needs=policy.IMPORT, records="establishments:establishment:imported")
def _import(act: Act, *, source: Source, options: Options) -> ImportOutcome:
    findings = Findings()
    present = frozenset(source.columns)
    merge.lock()
    loader = Loader(spec(), source, findings, latest=act.at)
    total = loader.load(options.progress)
    merge.gather(act.day)
    checks.check_rows(findings, act.day, present)
    loader.store_bad()
    checks.check_establishments(findings, act.actor, act.day)
    loader.store_bad()
    merge.drop_bad()
    outcome = ImportOutcome(dry_run=options.dry_run)
    if options.all_or_nothing and findings.errors_total:
        message = _("Không ghi dòng nào vì tệp có dòng lỗi và bạn chọn “chỉ ghi khi mọi dòng đều đúng”.")
        findings.add(Problem("all_or_nothing", message, _("Sửa các dòng lỗi rồi nhập lại.")))
        outcome.rejected = total
        outcome.take(findings)
        return outcome
    merge.match()
    outcome.accepted, outcome.unchanged = merge.counts()
    outcome.rejected = total - outcome.accepted - outcome.unchanged
    outcome.unknown = merge.unknown()
    if outcome.accepted and not options.dry_run:
        outcome.created |= merge.write(act.reason)
    outcome.take(findings)
    return outcome
