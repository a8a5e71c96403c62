"""What must hold of an establishment and of its workforce. Facts in, problems out: no database, no clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt

from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem, Severity
from atvsld.law import LawBook
from atvsld.law.codes import CodeList
from atvsld.registers.establishments import tax_codes
from atvsld.registers.establishments.drafts import EstablishmentDraft
from atvsld.registers.places.tree import PlaceTree

INDUSTRY_LISTS = "industry.vsic"
OWNERSHIP_LIST = "ownership.accident_report"
FIRST_YEAR = 1997
# The country with its islands, generously: south, north, west, east in degrees.
VIET_NAM = (6.0, 23.6, 102.0, 118.0)
# Beyond so many kilometres from the commune's own point one of the two is likely wrong; communes reach 25 km.
FAR_KM = 30.0


def check(book: LawBook, graph: PlaceTree, draft: EstablishmentDraft, *, on: date) -> list[Problem]:
    """Every problem of an establishment's facts; `on` is the day of the change."""
    return [
        *([problem] if (problem := tax_codes.check(draft.tax_code)) else []),
        *_check_name(draft),
        *_check_place(graph, draft.place_id, "place"),
        *(
            _check_place(graph, draft.headquarters_place_id, "headquarters_place")
            if draft.headquarters_place_id
            else ()
        ),
        *check_industry(book, draft.industry_version, draft.industry_code),
        *_check_ownership(book, draft.ownership_type, on),
    ]


def industry_list(book: LawBook, version: str) -> CodeList | None:
    """The list of industries of a version, or None."""
    return next((item for item in book.code_lists.versions(INDUSTRY_LISTS) if item.version == version), None)


def check_industry(book: LawBook, version: str, code: str) -> Iterator[Problem]:
    """The code stands in the version named; in an incomplete list the group above it must."""
    if not code:
        return
    codes = industry_list(book, version)
    if codes is None:
        message = _("Chưa nói mã ngành %(code)s thuộc phiên bản nào.") % {"code": code}
        remedy = _("Chọn phiên bản: cùng một số có thể là ngành khác nhau ở hai phiên bản.")
        yield Problem("industry_version", message, remedy, column="industry_version", value=version)
        return
    if code in codes or (not codes.complete and code[:3] in codes and code.isdigit()):
        return
    message = _("Mã ngành %(code)s không có trong hệ thống ngành %(version)s.") % {"code": code, "version": version}
    yield Problem("industry_code", message, _("Chọn lại mã trong danh mục."), column="industry_code", value=code)


def check_parts(workers: int, parts: Mapping[str, int | None], labels: Mapping[str, str]) -> Iterator[Problem]:
    """No part of a year's people is larger than the whole; contracts and the lack of them share it out."""
    for name, count in parts.items():
        if count is not None and not 0 <= count <= workers:
            message = _("Số “%(label)s” (%(count)s) không nằm trong tổng số lao động (%(workers)s).") % {
                "label": labels[name],
                "count": count,
                "workers": workers,
            }
            yield Problem("workforce_part", message, _("Kiểm tra lại hai số."), column=name, value=str(count))
    contract, without = parts.get("contract_workers"), parts.get("non_contract_workers")
    if contract is not None and without is not None and contract + without > workers:
        message = _("Có hợp đồng cộng không theo hợp đồng lớn hơn tổng số lao động.")
        yield Problem("workforce_contracts", message, _("Kiểm tra lại ba số."), column="non_contract_workers")
    arduous, women = parts.get("arduous_workers"), parts.get("arduous_female_workers")
    if arduous is not None and women is not None and women > arduous:
        message = _("Số nữ làm công việc nặng nhọc lớn hơn số người làm công việc nặng nhọc.")
        yield Problem("workforce_arduous", message, _("Kiểm tra lại hai số."), column="arduous_female_workers")


def check_point(
    latitude: Decimal | None, longitude: Decimal | None, commune: tuple[float, float] | None
) -> list[Problem]:
    """What is wrong with a point (degrees, WGS 84). `commune` is the latitude and longitude of the commune's own."""
    if latitude is None and longitude is None:
        return []
    if latitude is None or longitude is None:
        column = "latitude" if latitude is None else "longitude"
        message = _("Tọa độ cần cả vĩ độ và kinh độ.")
        return [Problem("point_half", message, _("Ghi đủ hai số, hoặc để trống cả hai."), column=column)]
    here = (float(latitude), float(longitude))
    if not _within_country(*here):
        message = _("Tọa độ %(latitude)s, %(longitude)s nằm ngoài Việt Nam.") % {
            "latitude": latitude,
            "longitude": longitude,
        }
        remedy = (
            _("Có lẽ vĩ độ và kinh độ bị đổi chỗ.") if _within_country(*reversed(here)) else _("Kiểm tra lại hai số.")
        )
        return [Problem("point_outside", message, remedy, column="latitude", value=f"{latitude}, {longitude}")]
    if commune is not None and (far := distance_km(here, commune)) > FAR_KM:
        message = _("Tọa độ cách điểm của xã, phường %(distance)s km.") % {"distance": round(far)}
        remedy = _("Kiểm tra lại tọa độ hoặc địa bàn.")
        return [Problem("point_far", message, remedy, column="latitude", severity=Severity.WARN)]
    return []


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two points given as latitude and longitude, on a sphere."""
    (first, west), (second, east) = (tuple(map(radians, point)) for point in (one, other))
    half = sin((second - first) / 2) ** 2 + cos(first) * cos(second) * sin((east - west) / 2) ** 2
    return 2 * 6371.0 * asin(sqrt(half))


def _within_country(latitude: float, longitude: float) -> bool:
    south, north, west, east = VIET_NAM
    return south <= latitude <= north and west <= longitude <= east


def check_workforce(*, year: int, workers: int, female: int | None, payroll: int | None, on: date) -> Iterator[Problem]:
    """Numbers of one year that can stand together."""
    if not FIRST_YEAR <= year <= on.year:
        message = _("Năm %(year)s nằm ngoài khoảng ghi nhận.") % {"year": year}
        yield Problem("workforce_year", message, _("Ghi năm đã qua hoặc năm nay."), column="year", value=str(year))
    if workers < 0:
        message = _("Số lao động không thể âm.")
        yield Problem("workforce_negative", message, column="workers", value=str(workers))
    if female is not None and not 0 <= female <= workers:
        message = _("Số lao động nữ (%(female)s) lớn hơn tổng số lao động (%(workers)s).") % {
            "female": female,
            "workers": workers,
        }
        yield Problem("workforce_female", message, _("Kiểm tra lại hai số."), column="female_workers")
    if payroll is not None and payroll < 0:
        yield Problem("workforce_payroll", _("Tổng quỹ lương không thể âm."), column="payroll", value=str(payroll))


def _check_name(draft: EstablishmentDraft) -> Iterator[Problem]:
    if not draft.name.strip():
        yield Problem("name_missing", _("Chưa có tên cơ sở."), _("Ghi tên theo giấy đăng ký."), column="name")


def _check_place(graph: PlaceTree, place: int | None, column: str) -> Iterator[Problem]:
    node = graph.nodes.get(place or 0)
    if node is None:
        yield Problem("place_unknown", _("Chưa chọn địa bàn."), _("Chọn xã, phường hoặc đặc khu."), column=column)
    elif node.level != "commune":
        message = _("%(place)s không phải đơn vị cấp xã.") % {"place": node.name}
        yield Problem("place_level", message, _("Chọn xã, phường hoặc đặc khu."), column=column)


def _check_ownership(book: LawBook, code: str, on: date) -> Iterator[Problem]:
    if code and code not in book.code_list(OWNERSHIP_LIST, on=on):
        message = _("Loại hình cơ sở “%(code)s” không có trong danh mục.") % {"code": code}
        yield Problem("ownership_type", message, _("Chọn lại trong danh mục."), column="ownership_type", value=code)
