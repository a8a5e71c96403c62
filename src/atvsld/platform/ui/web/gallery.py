"""Every component in each of its states, for whoever builds or checks pages. In real use: administrators only."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.kit.certainty import Certainty
from atvsld.kit.outcome import Problem
from atvsld.platform.acts.errors import Conflict, Refused, Rejected
from atvsld.platform.history.timeline import Change, Entry
from atvsld.platform.ui import errors
from atvsld.platform.ui.pages import requires
from atvsld.platform.ui.pickers import PickerField

NEEDS = "offices:office:change"


class SampleForm(forms.Form):
    """One field of each kind."""

    text = forms.CharField(label=gettext_lazy("Một dòng chữ"), help_text=gettext_lazy("Lời giải thích của trường."))
    number = forms.IntegerField(label=gettext_lazy("Số"), required=False)
    day = forms.DateField(label=gettext_lazy("Ngày"), widget=forms.DateInput(attrs={"type": "date"}), required=False)
    choice = forms.ChoiceField(label=gettext_lazy("Chọn một"), choices=[("a", "A"), ("b", "B")])
    several = forms.MultipleChoiceField(
        label=gettext_lazy("Chọn nhiều"),
        choices=[("a", "A"), ("b", "B")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    picked = PickerField(
        label=gettext_lazy("Chọn trong danh sách dài"),
        choices=[("", gettext_lazy("Chưa rõ")), ("dien", "1 – Điện"), ("ap-luc", "3.1 – Thiết bị áp lực")],
        required=False,
    )
    agreed = forms.BooleanField(label=gettext_lazy("Đánh dấu"), required=False)
    long = forms.CharField(label=gettext_lazy("Nhiều dòng"), widget=forms.Textarea(attrs={"rows": 3}), required=False)


def _chart() -> dict[str, Any]:
    values = [{"year": str(2020 + index), "count": count} for index, count in enumerate([12, 9, 11, 8, 7])]
    return {
        "data": {"values": values},
        "mark": "bar",
        "height": 180,
        "width": 360,
        "encoding": {"x": {"field": "year", "type": "nominal"}, "y": {"field": "count", "type": "quantitative"}},
    }


def gallery(request: HttpRequest) -> HttpResponse:
    """Open to anyone signed in on a demo or debug installation, else to administrators."""
    needed = "" if settings.DEMO or settings.DEBUG else NEEDS
    return requires(needed)(_gallery)(request)


def _gallery(request: HttpRequest) -> HttpResponse:
    match request.GET.get("loi"):
        case "400":
            return errors.bad_request(request)
        case "403":
            raise Refused(_("Câu giải thích vì sao không được phép."))
        case "404":
            return errors.not_found(request)
        case "409":
            raise Conflict(_("Câu nói rõ ai đã sửa gì."))
        case "422":
            raise Rejected([Problem("sample_code", _("Câu nói rõ sai ở đâu."), _("Câu nói cách sửa."))])
        case "500":
            return errors.server_error(request)
    messages.success(request, _("Việc vừa làm đã xong."))
    messages.warning(request, _("Có điều cần xem lại."))
    messages.error(request, _("Việc chưa làm được."))
    moment = datetime(2026, 3, 9, 8, 30, tzinfo=UTC)
    return render(
        request,
        "ui/gallery.html",
        {
            "title": _("Thư viện giao diện"),
            "pretitle": _("Dành cho người xây dựng và kiểm tra"),
            "statuses": list(Certainty),
            "citation": "39/2016/NĐ-CP, Điều 24 khoản 1",
            "states": ["fatal", "severe", "minor", "occupational", "article_39_2", "pending", "met", "not_met", None],
            "pairs": [(_("Có giá trị"), "Phường Hải Châu"), (_("Chưa biết"), None)],
            "files": [(_("Tệp Word"), "#", "file-type-docx"), (_("Tệp PDF"), "#", "file-type-pdf")],
            "formats": [("docx", "#"), ("pdf", "#"), ("xlsx", "#"), ("json", "#")],
            "form": SampleForm(),
            "bad_form": SampleForm({"choice": "z", "number": "x"}, auto_id="loi_%s"),
            "chart": _chart(),
            "amount": 1234567,
            "moment": moment,
            "entries": [
                Entry(
                    moment,
                    _("Sửa hồ sơ"),
                    "Lê Thị Cán Bộ",
                    _("Bổ sung theo biên bản"),
                    _("trên trang"),
                    [Change(_("Nguyên nhân"), "1.1", "2.1")],
                ),
                Entry(moment, _("Tạo hồ sơ"), "Hồ Thị Xã", "", _("từ tệp nhập")),
            ],
            "error_codes": ["400", "403", "404", "409", "422", "500"],
        },
    )
