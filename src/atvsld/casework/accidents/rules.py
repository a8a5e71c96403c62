"""What must hold of a case and its victims. Facts in, problems out: no database, no clock.

Problems name the canonical column, so a form, a spreadsheet and the interface for systems can all point at the
place. A problem of severity `warn` does not stop the record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from atvsld.casework.accidents.drafts import CaseDraft, VictimDraft
from atvsld.kit.dated import NotInForce
from atvsld.kit.outcome import Problem, Severity
from atvsld.kit.text import format_date
from atvsld.law import LawBook
from atvsld.platform.acts import clock
from atvsld.registers.places.tree import Node, PlaceTree

CAUSES = "accident.cause"
AGENTS = "accident.injury_agent"
INJURIES = "accident.injury"
OCCUPATIONS = "occupation.vsco2020"

# Day and month of birth are not recorded, so ages are whole years.
OLDEST = 100
YOUNGEST = 6


def check(
    book: LawBook, graph: PlaceTree, case: CaseDraft, victims: Sequence[VictimDraft], *, at: datetime
) -> list[Problem]:
    """Every problem of a case with its victims, as of the moment `at`; victims are numbered from 1 in `row`."""
    found = list(check_case(book, graph, case, at=at))
    if not victims:
        message = _("Vụ tai nạn chưa có người bị nạn nào.")
        found.append(Problem("no_victim", message, _("Ghi ít nhất một người bị nạn.")))
    day = clock.local_day(case.occurred_at)
    for number, victim in enumerate(victims, start=1):
        found.extend(check_victim(book, victim, on=day, row=number))
    return found


def check_case(book: LawBook, graph: PlaceTree, case: CaseDraft, *, at: datetime) -> Iterator[Problem]:
    """Problems of the case's own facts."""
    day = clock.local_day(case.occurred_at)
    if case.occurred_at > at:
        message = _("Thời điểm xảy ra %(moment)s ở tương lai.") % {"moment": format_date(case.occurred_at)}
        yield Problem("future_date", message, _("Kiểm tra lại ngày, giờ."), column="occurred_at")
    yield from check_place(graph, graph.nodes.get(case.place_id), on=day)
    yield from check_code(book, CAUSES, case.cause_code, on=day, column="cause_code")
    yield from check_code(book, AGENTS, case.injury_agent_code, on=day, column="injury_agent_code")
    yield from _not_negative("property_damage", case.property_damage)


def check_place(graph: PlaceTree, place: Node | None, *, on: date) -> Iterator[Problem]:
    """The place is a commune that existed on the day of the accident."""
    if place is None:
        message = _("Chưa chọn nơi xảy ra.")
        yield Problem("place_unknown", message, _("Chọn xã, phường hoặc đặc khu."), column="place_code")
        return
    if place.level != "commune":
        message = _("%(place)s (%(code)s) không phải đơn vị cấp xã.") % {"place": place.name, "code": place.code}
        yield Problem("place_level", message, _("Chọn xã, phường hoặc đặc khu nơi xảy ra."), column="place_code")
        return
    if place.exists_on(on):
        return
    names = {"place": place.name, "code": place.code, "day": format_date(on)}
    if on < place.valid_from:
        message = _("%(place)s (%(code)s) chỉ có từ %(start)s, sau ngày xảy ra.") % {
            **names, "start": format_date(place.valid_from),
        }  # fmt: skip
    else:
        assert place.valid_to is not None  # it exists on no later day than that
        message = _("%(place)s (%(code)s) chỉ có đến hết %(end)s, trước ngày xảy ra.") % {
            **names, "end": format_date(place.valid_to),
        }  # fmt: skip
    landings = ", ".join(f"{landing.node.name} ({landing.node.code})" for landing in graph.trace(place.pk, on))
    remedy = _("Vào ngày %(day)s, địa bàn này là: %(units)s.") % {"day": names["day"], "units": landings or "–"}
    yield Problem("place_not_in_force", message, remedy, column="place_code", value=place.code)


def check_victim(book: LawBook, victim: VictimDraft, *, on: date, row: int | None = None) -> Iterator[Problem]:
    """Problems of one victim; `on` is the day of the accident."""
    yield from check_code(book, OCCUPATIONS, victim.occupation_code, on=on, column="occupation_code", row=row)
    for code in victim.injury_codes:
        yield from check_code(book, INJURIES, code, on=on, column="injury_codes", row=row)
    if victim.injury_codes and victim.severity == "minor":
        message = _("Ghi mức độ nhẹ nhưng có chấn thương thuộc danh mục chấn thương nặng (%(codes)s).") % {
            "codes": "; ".join(victim.injury_codes)
        }
        remedy = _("Điều 9 khoản 2 Nghị định 39/2016: chọn mức độ nặng, hoặc bỏ mã chấn thương ghi nhầm.")
        yield Problem("severity_contradicts_injury", message, remedy, row=row, column="severity", value="minor")
    if victim.severity == "severe" and not victim.injury_codes:
        message = _("Ghi mức độ nặng nhưng chưa có mã chấn thương của Phụ lục II.")
        yield Problem(
            "severe_without_injury", message, _("Bổ sung mã chấn thương khi có hồ sơ."), row=row, column="injury_codes",
            severity=Severity.WARN,
        )  # fmt: skip
    if victim.birth_year is not None and not on.year - OLDEST <= victim.birth_year <= on.year - YOUNGEST:
        message = _("Năm sinh %(year)s không hợp lý.") % {"year": victim.birth_year}
        yield Problem(
            "birth_year", message, _("Kiểm tra lại, để trống nếu chưa rõ."), row=row, column="birth_year",
            value=str(victim.birth_year),
        )  # fmt: skip
    for column in ("days_lost", "medical_cost", "wage_cost", "compensation_cost"):
        yield from _not_negative(column, getattr(victim, column), row=row)


def check_code(
    book: LawBook, name: str, code: str | None, *, on: date, column: str, row: int | None = None
) -> Iterator[Problem]:
    """The code stands in the list in force on the day; nothing is said of a code that is not known."""
    if code is None:
        return
    try:
        codes = book.code_list(name, on=on)
    except NotInForce as error:
        yield Problem("code_list_not_in_force", str(error), row=row, column=column, value=code, severity=Severity.NOTE)
        return
    if code not in codes:
        message = _("“%(title)s” không có mã %(code)s vào ngày %(day)s.") % {
            "title": codes.title.vi, "code": code, "day": format_date(on),
        }  # fmt: skip
        remedy = _("Mã là chữ, giữ nguyên số 0 ở đầu; chọn mã trong danh mục hoặc để trống nếu chưa rõ.")
        yield Problem("code_unknown", message, remedy, row=row, column=column, value=code)
    elif codes.leaves_only and all(item.code != code for item in codes.choices):
        message = _("Mã %(code)s của “%(title)s” là tên nhóm.") % {"code": code, "title": codes.title.vi}
        yield Problem("code_is_heading", message, _("Chọn mã chi tiết trong nhóm."), row=row, column=column, value=code)


def _not_negative(column: str, amount: int | None, *, row: int | None = None) -> Iterator[Problem]:
    if amount is not None and amount < 0:
        message = _("Giá trị %(amount)s là số âm.") % {"amount": amount}
        yield Problem("negative", message, _("Nhập số từ 0 trở lên."), row=row, column=column, value=str(amount))


def blocking(problems: Sequence[Problem]) -> list[Problem]:
    """Those that stop the record."""
    return [problem for problem in problems if problem.severity is Severity.BLOCK]
