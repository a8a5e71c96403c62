"""One file, one act: rows staged, checked, matched with what is stored, written in sets.

A case is the unit of consistency: a bad row keeps the other rows of its case out as well, since half a case would
count wrongly. Matching: a case by its key within the namespace, its victims by their position among the rows of
the key. A column the file does not have leaves stored values alone; an empty cell says "not known".
"""

from __future__ import annotations

from django.db import IntegrityError
from django.utils.translation import gettext as _
from psycopg.errors import UniqueViolation

from atvsld.casework.accidents import policy
from atvsld.casework.accidents.intake import checks, merge
from atvsld.casework.accidents.intake.columns import spec
from atvsld.casework.accidents.intake.reach import Reach, own_namespace
from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, action
from atvsld.platform.imports.findings import Findings, ImportOutcome
from atvsld.platform.imports.source import Source
from atvsld.platform.imports.staging import Loader
from atvsld.platform.imports.targets import Options


def accept(act: Act, source: Source, options: Options) -> ImportOutcome:
    """Take in a source. Raises `Refused` when the actor may import nowhere."""
    try:
        return _import(act, source=source, options=options)
    except IntegrityError as error:
        if not isinstance(error.__cause__, UniqueViolation):
            raise
        message = _("Dữ liệu vừa được người khác ghi cùng lúc: %(why)s") % {"why": str(error).splitlines()[0]}
        return ImportOutcome.refused(Problem("busy", message, _("Không ghi gì; hãy nhập lại tệp.")))


@action(needs=policy.IMPORT, records="accidents:case:imported")
def _import(act: Act, *, source: Source, options: Options) -> ImportOutcome:
    findings = Findings()
    namespace = options.namespace or own_namespace(act.actor)
    batch = merge.Batch(namespace, frozenset(source.columns))
    # Two imports of one sender wait for each other, so the second sees what the first wrote.
    batch.lock()
    loader = Loader(spec(), source, findings, latest=act.at)
    total = loader.load(options.progress)
    loader.store_bad()
    batch.gather_cases()
    checks.check_cases(findings, batch.present)
    checks.check_rows(findings, batch.present)
    checks.check_reach(findings, Reach.of(act.actor))
    loader.store_bad()
    rejected = checks.reject_incomplete_cases(findings)
    outcome = ImportOutcome(dry_run=options.dry_run)
    if options.all_or_nothing and findings.errors_total:
        message = _("Không ghi dòng nào vì tệp có dòng lỗi và bạn chọn “chỉ ghi khi mọi dòng đều đúng”.")
        findings.add(Problem("all_or_nothing", message, _("Sửa các dòng lỗi rồi nhập lại.")))
        outcome.rejected = total
        outcome.take(findings)
        return outcome
    if not options.dry_run:
        outcome.created["establishments"] = batch.add_establishments()
    batch.match()
    outcome.accepted, outcome.unchanged = batch.counts()
    outcome.rejected = rejected
    outcome.unknown = batch.unknown()
    if outcome.accepted and not options.dry_run:
        outcome.created |= batch.write()
    outcome.take(findings)
    return outcome
