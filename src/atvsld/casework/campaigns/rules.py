"""What a campaign and the figures told of it must meet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from atvsld.casework.campaigns.asked import AskedRow, Given, Stated
from atvsld.casework.campaigns.drafts import CampaignDraft
from atvsld.casework.campaigns.models import Campaign
from atvsld.kit.outcome import Problem
from atvsld.platform.ui.formats_text import said

LARGEST = Decimal(10**12)
EARLIEST_YEAR = 2016


def of_campaign(draft: CampaignDraft) -> Iterator[Problem]:
    """A campaign lies in its year, ends after it began, and has its term with the letter that fixed it."""
    if not EARLIEST_YEAR <= draft.year <= 2100:
        yield Problem("bad_year", _("Năm không hợp lý."), _("Ghi năm của đợt, từ 2016."), column="year")
    if draft.starts_on.year != draft.year:
        message = _("Ngày bắt đầu không thuộc năm %(year)s.") % {"year": draft.year}
        yield Problem("other_year", message, _("Kiểm tra năm và ngày bắt đầu."), column="starts_on")
    if draft.ends_on < draft.starts_on:
        message = _("Ngày kết thúc trước ngày bắt đầu.")
        yield Problem("span", message, _("Kiểm tra lại hai ngày."), column="ends_on")
    if draft.kind == Campaign.Kind.OTHER and not draft.name.strip():
        yield Problem("no_name", _("Đợt khác phải có tên."), _("Ghi tên đợt."), column="name")
    if draft.report_due and draft.report_due < draft.starts_on:
        message = _("Hạn báo cáo trước ngày bắt đầu đợt.")
        yield Problem("due_early", message, _("Kiểm tra lại hạn."), column="report_due")
    if draft.report_due and not draft.due_source.strip():
        message = _("Hạn báo cáo phải kèm số, ngày văn bản ấn định.")
        remedy = _("Ghi số và ngày văn bản hướng dẫn, hoặc bỏ trống hạn.")
        yield Problem("due_source", message, remedy, column="due_source")


def of_figures(asked: tuple[AskedRow, ...], stated: Stated) -> Iterator[Problem]:
    """Figures are not negative, whole where they count, and the part is never more than the whole."""
    known = {row.key: row for row in asked}
    for key, given in stated.items():
        row = known.get(key)
        if row is None:
            yield Problem("unknown_row", _("Biểu không có nội dung “%(key)s”.") % {"key": key})
            continue
        yield from _of_row(row, given)


def _of_row(row: AskedRow, given: Given) -> Iterator[Problem]:
    label = said(row.label)
    for number in (given.value, given.of):
        if number is None:
            continue
        if not number.is_finite() or number < 0 or number > LARGEST:
            message = _("%(row)s: số liệu phải từ 0 đến 1.000 tỷ.") % {"row": label}
            yield Problem("range", message, _("Kiểm tra lại con số."), column=row.key)
        elif number != round(number, row.decimals):
            most = _("Số liệu là số nguyên.") if not row.decimals else _("Tối đa ba chữ số thập phân.")
            yield Problem("decimals", _("%(row)s: con số lẻ quá mức.") % {"row": label}, most, column=row.key)
    if row.pair and given.of is None:
        message = _("%(row)s: cần đủ hai số.") % {"row": label}
        yield Problem("pair", message, _("Ghi cả số đứng trước và số đứng sau."), column=row.key)
    elif row.pair and given.of is not None and given.value > given.of:
        message = _("%(row)s: số đứng trước lớn hơn số đứng sau.") % {"row": label}
        yield Problem("pair_order", message, _("Kiểm tra lại hai con số."), column=row.key)
    elif not row.pair and given.of is not None:
        yield Problem("no_pair", _("%(row)s: chỉ ghi một số.") % {"row": label}, column=row.key)


def of_sending(campaign: Campaign, stated: Stated, day: date) -> Iterator[Problem]:
    """A result says something, and of a campaign that has begun."""
    if not stated:
        message = _("Chưa ghi số liệu nào.")
        yield Problem("empty", message, _("Ghi ít nhất một con số; không có hoạt động thì ghi 0."))
    if day < campaign.starts_on:
        message = _("Đợt chưa bắt đầu, chưa thể gửi kết quả.")
        yield Problem("too_early", message, _("Lưu nháp và gửi sau."))
