"""A computed report as a document: the same figures for page, Word, PDF and Excel."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from atvsld.documents import model
from atvsld.kit.certainty import Certainty
from atvsld.kit.text import format_date, format_number
from atvsld.law.forms.checks import CheckResult
from atvsld.law.forms.spec import FormSpec, HeaderField
from atvsld.oversight.reporting.catalogue import ESTABLISHMENT_MEASURES
from atvsld.oversight.reporting.face import face_of
from atvsld.oversight.reporting.printed import Href, label_in, table_block
from atvsld.oversight.reporting.result import Report
from atvsld.oversight.reporting.words import NO_WORDS, Words

__all__ = ["Href", "check_lines", "coverage_lines", "document", "table_block"]

# Places of one failed check that are named; the rest are counted.
SHOWN_FAULTS = 4
_DOTS = "…" * 30
# From this many columns on a table lies across the page.
WIDE = 8


def document(report: Report, *, href: Href | None = None, words: Words = NO_WORDS) -> model.Document:
    """The report in the form's layout, with every doubt about form or figures said on its face.

    `words` is what the reporter wrote beside the figures; without them the places for words stay empty.
    """
    language: model.Language = "en" if get_language() == "en" else "vi"
    face = report.face or face_of(report)
    return model.Document(
        title=label_in(report.form.title, language),
        subtitle=_period_line(report) if report.form.period_kinds else "",
        form_label=face.form_label,
        blocks=(*_blocks(report, language, href, words), *face.closing),
        letterhead=face.letterhead,
        addressed_to="\n".join(face.recipients) if report.form.addressed and face.recipients else None,
        signature=None if report.form.cosignature else _signer(report.form),
        recipients=model.Recipients(face.recipients),
        language=language,
        landscape=any(len(table.table.leaf_columns) >= WIDE for table in report.tables),
        footer=_footer(report),
        metadata={
            "form": report.form.code,
            "period": report.period.code,
            "as_of": report.as_of.isoformat(),
            **face.metadata,
        },
    )


def _blocks(report: Report, language: model.Language, href: Href | None, words: Words) -> Iterator[model.Block]:
    form = report.form
    yield from _notices(report)
    pairs = [(label_in(line.label, language), _header_text(line, report, words)) for line in form.header]
    if pairs:
        yield model.KeyValues(tuple(pairs), columns=2)
    for table in report.tables:
        yield table_block(table, language, href, words)
    for section in form.sections:
        yield model.Heading(label_in(section.label, language))
        yield model.Paragraph(words.sections.get(section.key) or _DOTS)
    for note in form.footnotes:
        yield model.Paragraph(note, "small")
    if form.cosignature:
        first = model.Signature(form.cosignature.title.vi, None, form.cosignature.hint.vi)
        yield model.Signatures((first, _signer(form)))
    # The signed form ends here; what follows is for the reader who checks it.
    yield model.SignatureHere()
    covered = tuple(coverage_lines(report))
    if covered:
        yield model.Heading(_("Phạm vi và độ đầy đủ của số liệu"))
        yield model.KeyValues(covered, columns=2)
    if covered or report.faults:
        yield from (model.Paragraph(line) for line in check_lines(report))


def _notices(report: Report) -> Iterator[model.Notice]:
    """What must be known before the first figure: demo data, a form of our own or not read in the official text."""
    form = report.form
    if report.synthetic:
        yield model.Notice("warning", _("DỮ LIỆU MẪU, TỔNG HỢP BẰNG MÁY: không phải số liệu thật."))
    if form.status is Certainty.LOCAL:
        own = _("Bảng tự soạn, không phải biểu mẫu của văn bản pháp luật.")
        yield model.Notice("info", f"{own} {form.status_note}".strip())
    elif form.status is not Certainty.OFFICIAL:
        yield model.Notice("provisional", f"{form.status.label_vi}. {form.status_note}".strip())


def _signer(form: FormSpec) -> model.Signature:
    return model.Signature(form.signature.title.vi, None, form.signature.hint.vi)


def coverage_lines(report: Report) -> Iterator[tuple[str, str]]:
    """What the figures counted from records rest on, said in words: never such a table without its coverage."""
    covered, measures = report.coverage, report.form.measures
    if not measures:
        return
    yield _("Cơ sở tính"), _basis_text(report)
    accidents = bool(measures - ESTABLISHMENT_MEASURES)
    if accidents:
        yield _("Vụ / người bị nạn được tính"), f"{format_number(covered.cases)} / {format_number(covered.victims)}"
    yield (
        _("Cơ sở trong phạm vi / có số liệu lao động của năm"),
        f"{format_number(covered.establishments)} / {format_number(covered.establishments_with_workforce)}",
    )
    if not accidents:
        return
    names = {
        "pending": _("Vụ chưa có kết luận, không tính vào biểu"),
        "not_occupational": _("Vụ kết luận không phải tai nạn lao động, không tính"),
        "article_39_2": _("Vụ hưởng trợ cấp theo khoản 2 Điều 39, không tính vào biểu này"),
    }
    for conclusion, count in sorted(covered.excluded.items()):
        yield names.get(conclusion, conclusion), format_number(count)
    labels = {
        "severity": _("Người bị nạn chưa rõ mức độ"),
        "sex": _("Người bị nạn chưa rõ giới tính"),
        "managed": _("Người bị nạn chưa rõ thuộc quyền quản lý"),
        "relation": _("Người bị nạn chưa rõ quan hệ lao động"),
        "days": _("Người bị nạn chưa có số ngày nghỉ"),
        "cost": _("Người bị nạn chưa có chi phí"),
    }
    for name, count in covered.unknown.items():
        if count:
            yield labels[name], format_number(count)


def check_lines(report: Report) -> Iterator[str]:
    """The verdict of the cross-footing checks, and each place where one fails."""
    total, failed = len({check.id for check in report.checks}), report.faults
    if not failed:
        yield _("Kiểm tra chéo: %(total)s/%(total)s phép kiểm tra đều khớp.") % {"total": total}
        return
    by_check: dict[str, list[CheckResult]] = {}
    for check in failed:
        by_check.setdefault(check.id, []).append(check)
    yield _("Kiểm tra chéo: %(good)s/%(total)s phép kiểm tra khớp.") % {"good": total - len(by_check), "total": total}
    for name, places in by_check.items():
        where = ", ".join(check.where for check in places[:SHOWN_FAULTS])
        if len(places) > SHOWN_FAULTS:
            where = _("%(where)s và %(more)s ô khác") % {"where": where, "more": len(places) - SHOWN_FAULTS}
        yield f"[{name}] {places[0].message} ({where})"


def _basis_text(report: Report) -> str:
    if report.subject.kind == "establishment":
        return _("Vụ xảy ra tại cơ sở")
    how = _("theo nơi xảy ra") if report.basis == "place" else _("theo nơi đặt trụ sở chính")
    if report.subject.boundary_choice == "event":
        return f"{how}, " + _("địa giới tại ngày xảy ra")
    day = format_date(report.subject.boundary) if report.subject.boundary else ""
    return f"{how}, " + _("địa giới ngày %(day)s") % {"day": day}


def _period_line(report: Report) -> str:
    return _("Kỳ báo cáo: %(period)s") % {"period": report.period.label_vi}


def _footer(report: Report) -> str:
    return _("%(form)s, bản từ %(valid_from)s · số liệu lúc %(moment)s · bộ pháp luật %(law)s") % {
        "form": report.form.code,
        "valid_from": format_date(report.form.valid_from),
        "moment": timezone.localtime(report.as_of).strftime("%H:%M %d/%m/%Y"),
        "law": report.law_version,
    }


def _header_text(line: HeaderField, report: Report, words: Words) -> str:
    value = words.header.get(line.key) or report.header.get(line.key)
    if value is None:
        return "…"
    return format_number(value) if isinstance(value, Decimal) else value
