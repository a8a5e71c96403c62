"""The words of a notice: sections people write, with every figure as a placeholder between braces.

No number is typed in a section that tells figures: `{so_vu}` is a figure, `5` is a defect. A figure that the article
asks for and that no section names any more is reported, as is a name that stands for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.kit.outcome import Problem, Severity
from atvsld.oversight.publication.figures import Figure
from atvsld.oversight.publication.rules import Rules

PLACEHOLDER = re.compile(r"\{([a-z_0-9]*)\}")
BRACE = re.compile(r"[{}]")
# Numbers that name a provision, an instrument, a period or a day are not figures.
_REFERENCE = re.compile(
    r"(?:Điều|điều|[Kk]hoản|[Đđ]iểm|[Mm]ục|Phụ lục|Luật(?: số)?|Nghị định(?: số)?|Thông tư(?: số)?|Quyết định(?: số)?"
    r"|Chỉ thị(?: số)?|Kế hoạch(?: số)?|Công văn(?: số)?|[Nn]gày|[Tt]háng|[Nn]ăm|[Qq]uý)\s+[\dIVX][\w/.\-–]*"
    r"|(?:^|\n)\s*\d{1,2}[.)]|\d{1,4}/\d{4}(?:/[\w\-]+)?|\b0?\d{1,2}\s+tháng\s+(?:đầu|cuối)\s+năm"
)
LONGEST = 6000


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the notice. `bound`: it tells figures, so every number in it must be a placeholder."""

    name: str
    title: str
    label: Any
    bound: bool = True
    rows: int = 9
    help: Any = ""


SECTIONS = (
    Section("tinh_hinh", "Tình hình chung", gettext_lazy("Tình hình chung")),
    Section(
        "khu_vuc", "Theo hai khu vực", gettext_lazy("Hai khu vực: có quan hệ lao động, không theo hợp đồng"), rows=8
    ),
    Section(
        "nguyen_nhan", "Nguyên nhân, yếu tố, ngành và địa bàn", gettext_lazy("Nguyên nhân, yếu tố, ngành, địa bàn")
    ),
    Section("thiet_hai", "Thiệt hại", gettext_lazy("Thiệt hại")),
    Section("dieu_tra", "Điều tra, xử lý", gettext_lazy("Điều tra, xử lý")),
    Section(
        "danh_gia", "Đánh giá biến động và hiệu quả phòng ngừa",
        gettext_lazy("Phân tích biến động, hiệu quả phòng ngừa"),
        bound=False, help=gettext_lazy("Gồm đánh giá kế hoạch ATVSLĐ và việc thực hiện. Số gõ tay được đánh dấu."),
    ),
    Section("bien_phap", "Biện pháp thời gian tới", gettext_lazy("Biện pháp thời gian tới"), bound=False),
    Section("noi_nhan", "", gettext_lazy("Nơi nhận"), bound=False, rows=4, help=gettext_lazy("Mỗi nơi một dòng.")),
)  # fmt: skip
BY_NAME = {section.name: section for section in SECTIONS}


def known_names(figures: Mapping[str, Figure], phrases: Mapping[str, str]) -> frozenset[str]:
    """Everything that may stand between braces."""
    return frozenset(phrases) | {name for one in figures for name in (one, f"{one}_truoc", f"{one}_bien_dong")}


def filled(text: str, figures: Mapping[str, Figure], phrases: Mapping[str, str], decimals: int) -> str:
    """A section as printed. A name nobody knows stays as written, in braces: it is reported elsewhere."""

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if name in phrases:
            return phrases[name]
        if name in figures:
            return figures[name].text()
        if name.endswith("_bien_dong") and (one := figures.get(name.removesuffix("_bien_dong"))):
            return one.change_text(decimals)
        if name.endswith("_truoc") and (one := figures.get(name.removesuffix("_truoc"))):
            return one.before_text()
        return found[0]

    return PLACEHOLDER.sub(value, text)


def problems(sections: Mapping[str, str], known: frozenset[str]) -> Iterator[Problem]:
    """What must not be saved: unknown sections and names, broken braces, numbers typed where figures are told."""
    for name, text in sections.items():
        section = BY_NAME.get(name)
        if section is None:
            yield Problem("unknown_section", _("Thông báo không có phần “%(name)s”.") % {"name": name}, column=name)
            continue
        where = {"label": section.label}
        if len(text) > LONGEST:
            yield Problem("too_long", _("Phần “%(label)s” dài quá %(most)s ký tự.") % {**where, "most": LONGEST},
                          column=name)  # fmt: skip
        for unknown in sorted({found for found in PLACEHOLDER.findall(text) if found not in known}):
            yield Problem(
                "unknown_figure",
                _("Phần “%(label)s” dùng số liệu {%(figure)s} không có.") % {**where, "figure": unknown},
                _("Chọn tên trong bảng số liệu bên cạnh."), column=name,
            )  # fmt: skip
        if BRACE.search(PLACEHOLDER.sub("", text)):
            yield Problem("broken_brace", _("Phần “%(label)s” có dấu ngoặc nhọn không khép.") % where,
                          _("Viết tên số liệu trong ngoặc nhọn, ví dụ {so_vu}."), column=name)  # fmt: skip
        for typed in typed_numbers(text) if section.bound else ():
            yield Problem(
                "typed_number", _("Phần “%(label)s” có số gõ tay: %(number)s.") % {**where, "number": typed},
                _("Dùng tên số liệu trong ngoặc nhọn, ví dụ {so_vu}."), column=name,
            )  # fmt: skip


def remarks(sections: Mapping[str, str], rules: Rules, figures: Mapping[str, Figure]) -> Iterator[Problem]:
    """What may be saved but is said: figures of the article no section names, numbers typed into free parts."""
    named = {name for text in sections.values() for name in PLACEHOLDER.findall(text)}
    for point, names in rules.content.items():
        for name in names:
            base = name.removesuffix("_bien_dong")
            if name not in named:
                label = figures[base].label if base in figures else _("nguyên nhân chủ yếu")
                what = _("biến động của “%(label)s”") % {"label": label} if base != name else f"“{label}”"
                yield Problem(
                    "figure_removed", _("Lời thông báo không còn nêu %(what)s.") % {"what": what},
                    _("Điều 4 khoản 6 điểm %(point)s yêu cầu; thêm {%(name)s} vào một phần.")
                    % {"point": point, "name": name}, severity=Severity.WARN,
                )  # fmt: skip
    for name, text in sections.items():
        for typed in typed_numbers(text) if name in BY_NAME and not BY_NAME[name].bound else ():
            yield Problem(
                "typed_number", _("Phần “%(label)s” có số gõ tay, không gắn với số liệu: %(number)s.")
                % {"label": BY_NAME[name].label, "number": typed}, severity=Severity.NOTE, column=name,
            )  # fmt: skip


def typed_numbers(text: str) -> list[str]:
    """Numbers in a text that are neither placeholders nor part of a reference or a date."""
    bare = _REFERENCE.sub(" ", PLACEHOLDER.sub(" ", text))
    return re.findall(r"\d[\d.,]*", bare)
