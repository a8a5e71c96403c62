"""The report as a file while it is written, and back from Word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.documents.model import Document, Letterhead, Signature
from atvsld.documents.render import FORMATS, render
from atvsld.oversight.yearly import printing
from atvsld.oversight.yearly.models import YearReport
from atvsld.oversight.yearly.paper_source import issuer_of
from atvsld.oversight.yearly.policy import CHANGE, READ
from atvsld.oversight.yearly.web.fetching import own_report_or_404, report_or_404
from atvsld.oversight.yearly.word import taking
from atvsld.platform.acts import clock
from atvsld.platform.files import facade as files
from atvsld.platform.ui.pages import act_by_form, act_of, actor_of, requires, say

KINDS = ("docx", "pdf", "xlsx", "json")


@requires(READ)
def draft_file(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    """The report as it stands, with letterhead and signature; what was issued has its own files with its paper."""
    report = report_or_404(actor_of(request), public_id)
    if kind not in KINDS:
        raise Http404
    content = render(whole_paper(report, clock.local_day(request.now)), kind)  # type: ignore[attr-defined]
    return files.respond(content, f"bao-cao-ke-hoach-{report.year}.{kind}", FORMATS[kind].media_type)


def whole_paper(report: YearReport, on: date) -> Document:
    """The paper with head and foot, in Vietnamese whatever the reader's language."""
    with translation.override("vi"):
        day = report.issued_on
        issuer = issuer_of(report, "BC", day or on)
        number = report.number or f"……/{issuer.symbol}"
        draft = "" if not report.open else "DỰ THẢO – chưa gửi"
        made = printing.paper(report)
        return replace(
            made,
            letterhead=Letterhead(issuer.parent.upper() or None, issuer.name.upper(), number, issuer.place, day),
            signature=Signature((report.signer_title or issuer.signer_title).upper(), report.signer_name or None),
            footer=" · ".join(part for part in (made.footer, draft) if part),
        )


class WordForm(forms.Form):
    """The Word file as the officer changed it."""

    file = forms.FileField(
        label=gettext_lazy("Tệp Word đã sửa"),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
        help_text=gettext_lazy("Lời trong từng câu được nhận vào; số liệu giữ nguyên liên kết với sổ."),
    )


@requires(CHANGE)
def take_word(request: HttpRequest, public_id: str) -> HttpResponse:
    """The words as changed in Word come in; a figure changed there is refused."""
    report = own_report_or_404(request, public_id)
    form = WordForm(request.POST or None, request.FILES or None)
    taken: list[taking.Taken] = []

    def act() -> None:
        content = files.read_upload(form.cleaned_data["file"])
        taken.append(taking.take_word(act_of(request), report=report, content=content))
        for told in taken[0].told:
            say(request, told)

    return act_by_form(
        request, form, act, title=_("Nhận lại bản Word"), back=reverse("yearly:report", args=[public_id]),
        multipart=True, submit_label=_("Nhận vào"),
    )  # fmt: skip
