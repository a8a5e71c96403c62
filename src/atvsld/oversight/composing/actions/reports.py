"""Saving and removing composed reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.kit.periods import Period, PeriodError
from atvsld.oversight.composing import references
from atvsld.oversight.composing.actions.stepping import require_owner, step
from atvsld.oversight.composing.models import ComposedPart, ComposedReport, SavedTable
from atvsld.oversight.composing.policy import COMPOSE
from atvsld.platform.acts import Act, Rejected, action


@dataclass(frozen=True, slots=True)
class PartDraft:
    """One part as it was written; empty ones are passed over."""

    heading: str = ""
    text: str = ""
    table: SavedTable | None = None
    compared: bool = False

    @property
    def empty(self) -> bool:
        return not (self.heading.strip() or self.text.strip() or self.table)


@action(needs=COMPOSE, records="composing:composed_report:saved")
def save_report(
    act: Act,
    *,
    key: str,
    title: str,
    period: str,
    parts: Sequence[PartDraft],
    about: str = "",
    addressed_to: str = "",
    place: str = "",
    signer_title: str = "",
    version: int = 0,
) -> ComposedReport:
    """Make a report, or change one (`version` > 0). Figures named in the words must exist in its tables."""
    kept = [part for part in parts if not part.empty]
    problems = list(_problems(title, period, kept))
    if problems:
        raise Rejected(problems)
    values = {
        "title": title.strip(), "about": about.strip(), "addressed_to": addressed_to.strip(), "period": period,
        "place": place, "signer_title": signer_title.strip(), "changed_at": act.at,
    }  # fmt: skip
    if version:
        report = ComposedReport.objects.get(public_id=key)
        require_owner(act, report)
        step(report, version, **values)
    else:
        report, new = ComposedReport.objects.get_or_create(
            public_id=key, defaults={**values, "owner_id": act.actor.user_id, "owner_name": act.actor.name}
        )
        if not new:
            return report
    report.parts.all().delete()
    ComposedPart.objects.bulk_create(
        ComposedPart(
            report=report, position=position, heading=part.heading.strip(), text=part.text.strip(), table=part.table,
            compared=part.compared,
        )
        for position, part in enumerate(kept, start=1)
    )  # fmt: skip
    return report


@action(needs=COMPOSE, records="composing:composed_report:removed")
def remove_report(act: Act, *, report: ComposedReport) -> None:
    """Remove a report; files made of it stay with whoever keeps them."""
    require_owner(act, report)
    report.delete()


def _problems(title: str, period: str, parts: Sequence[PartDraft]) -> Iterator[Problem]:
    if not title.strip():
        yield Problem("title_missing", _("Chưa đặt tên báo cáo."), _("Ghi tên báo cáo."), column="title")
    try:
        read = Period.parse(period)
    except PeriodError as error:
        yield Problem("bad_period", str(error), "", column="period")
        return
    if not parts:
        yield Problem("parts_missing", _("Báo cáo chưa có nội dung."), _("Thêm lời văn hoặc chọn một bảng."))
    tables = references.keyed(part.table for part in parts)
    for position, part in enumerate(parts, start=1):
        for reference in references.unknown(part.text, tables, read):
            sentence = _("Phần %(n)s: không có số liệu %(reference)s.") % {"n": position, "reference": reference}
            remedy = _("Chép lại mã số liệu từ danh sách bên cạnh ô lời văn.")
            yield Problem("reference_unknown", sentence, remedy, column=f"parts-{position - 1}-text")
