"""Filling a Word form from figures, in a sandbox: a form with code in it does no harm."""

from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from docxtpl import DocxTemplate
from jinja2 import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from atvsld.kit.outcome import Problem
from atvsld.kit.periods import Period
from atvsld.kit.text import format_number
from atvsld.oversight.composing.addresses import FigureAddress, values
from atvsld.oversight.composing.models import WordForm
from atvsld.oversight.reporting import service
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import Rejected, clock
from atvsld.platform.files import facade as files

# Places every form may use without binding: about the report itself.
ABOUT = ("ky_bao_cao", "nam_bao_cao", "don_vi", "ngay", "thang", "nam")


def places(content: bytes) -> list[str]:
    """The names written `{{ … }}` in a form that wait for a figure. `Rejected` when it cannot be read."""
    try:
        found = DocxTemplate(io.BytesIO(content)).get_undeclared_template_variables(jinja_env=_environment())
    except TemplateError as error:
        why = str(error.message or error)[:200]
        sentence = _("Chỗ điền trong mẫu viết sai: %(why)s.") % {"why": why}
        raise Rejected(
            [Problem("template_broken", sentence, _("Viết như {{ so_nguoi_chet }}."), column="file")]
        ) from error
    except Exception as error:  # the library fails in many ways on a file that only looks like Word
        sentence = _("Không đọc được tệp Word.")
        raise Rejected(
            [Problem("template_unreadable", sentence, _("Lưu lại bằng Word dạng .docx."), column="file")]
        ) from error
    waiting = sorted(found - set(ABOUT))
    if not waiting:
        sentence = _("Mẫu chưa có chỗ điền nào.")
        raise Rejected([Problem("no_places", sentence, _("Viết chỗ điền như {{ so_nguoi_chet }}."), column="file")])
    return waiting


def fill(actor: Actor, form: WordForm, period: Period, *, place: str, at: datetime) -> bytes:
    """The form for a period and place. A place bound to nothing prints as dots for people to fill."""
    held: dict[str, Any] = {}
    for years in sorted({mark.years_back for mark in form.marks.all()}):
        bound = {
            mark.name: address
            for mark in form.marks.all()
            if mark.years_back == years and (address := FigureAddress.parse(mark.address))
        }
        earlier = Period(period.year - years, period.kind, period.index)
        figures = values(actor, list(bound.values()), earlier, place=place, at=at)
        held |= {name: _shown(figures[address]) for name, address in bound.items()}
    held |= {mark.name: "…" for mark in form.marks.all() if mark.name not in held}
    subject = service.read_subject(service.Request(form="", period=period.code, place=place), period, at=at)
    day = clock.local_day(at)
    held |= {
        "ky_bao_cao": period.label_vi, "nam_bao_cao": period.year, "don_vi": subject.name, "ngay": f"{day:%d}",
        "thang": f"{day:%m}", "nam": day.year,
    }  # fmt: skip
    template = DocxTemplate(io.BytesIO(files.open_bytes(form.file)))
    try:
        template.render(held, jinja_env=_environment(), autoescape=True)
    except TemplateError as error:
        sentence = _("Mẫu không điền được: %(why)s.") % {"why": str(error.message or error)[:200]}
        raise Rejected([Problem("template_broken", sentence, _("Sửa mẫu rồi nạp lại."))]) from error
    kept = io.BytesIO()
    template.save(kept)
    return kept.getvalue()


def _shown(value: Decimal | None) -> str:
    return "…" if value is None else format_number(value)


def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(autoescape=True)
