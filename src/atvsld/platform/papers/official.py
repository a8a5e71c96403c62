"""Official Word forms with placeholders: checked when uploaded, filled when a paper is made (docxtpl).

Text reaches the form escaped and the form runs in a sandbox: neither a name with `<` nor a form with code in it
does harm.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from atvsld.documents.qr import SIDE, qr_png
from atvsld.kit.outcome import Problem, Severity
from atvsld.platform.acts import Rejected
from atvsld.platform.papers.registry import PaperKind, Placeholder

# What every form may name, whatever the kind.
COMMON = (
    Placeholder("so_ky_hieu", gettext_lazy("Số, ký hiệu"), required=True),
    Placeholder("co_quan", gettext_lazy("Cơ quan, tổ chức ban hành"), required=True),
    Placeholder("co_quan_chu_quan", gettext_lazy("Cơ quan chủ quản")),
    Placeholder("dia_danh", gettext_lazy("Địa danh")),
    Placeholder("ngay", gettext_lazy("Ngày ban hành"), required=True),
    Placeholder("thang", gettext_lazy("Tháng ban hành"), required=True),
    Placeholder("nam", gettext_lazy("Năm ban hành"), required=True),
    Placeholder("chuc_vu_ky", gettext_lazy("Chức vụ người ký")),
    Placeholder("nguoi_ky", gettext_lazy("Họ tên người ký")),
    Placeholder("ma_xac_minh", gettext_lazy("Mã xác minh"), required=True),
    Placeholder("dia_chi_xac_minh", gettext_lazy("Địa chỉ xác minh")),
    Placeholder("ma_qr", gettext_lazy("Hình mã QR")),
)
_MARK = "ma_qr"


@dataclass(frozen=True, slots=True)
class Named:
    """A placeholder as the page of templates lists it."""

    name: str
    label: str | Promise
    required: bool
    keys: tuple[str, ...] = ()

    @property
    def example(self) -> str:
        """How it is written in Word."""
        if not self.keys:
            return f"{{{{ {self.name} }}}}"
        first = self.keys[0]
        return f"{{%tr for x in {self.name} %}} {{{{ x.{first} }}}} {{%tr endfor %}}"


def known(kind: PaperKind) -> list[Named]:
    """Every placeholder a form of the kind may use."""
    found = [Named(one.name, one.label, one.required, one.keys) for one in (*COMMON, *kind.placeholders)]
    return found + [Named(one.name, one.label, one.required) for one in kind.fields]


def check(kind: PaperKind, content: bytes) -> list[Problem]:
    """What is wrong with a form: unknown placeholders and broken markup block, missing required ones warn."""
    names = {one.name: one for one in known(kind)}
    try:
        used = DocxTemplate(io.BytesIO(content)).get_undeclared_template_variables(jinja_env=_environment())
    except TemplateError as error:
        return [_broken(error)]
    except Exception:  # noqa: BLE001 - python-docx and lxml fail in many ways on a file that only looks like Word
        return [Problem("template_unreadable", _("Không đọc được tệp Word."), _("Lưu lại bằng Word dạng .docx."))]
    problems = list(_unknown(used - set(names), names))
    if not problems:
        problems += _trial(kind, content)
    missing = [one for one in names.values() if one.required and one.name not in used]
    for one in missing:
        sentence = _("Mẫu chưa có chỗ cho “%(label)s” (%(name)s).") % {"label": one.label, "name": one.example}
        problems.append(Problem("placeholder_missing", sentence, severity=Severity.WARN, column="file"))
    return problems


def fill(content: bytes, values: Mapping[str, Any], *, link: str) -> bytes:
    """The form filled in. `link`: what the square code holds; empty leaves its place empty."""
    template = DocxTemplate(io.BytesIO(content))
    picture: Any = ""
    if link:
        from docx.shared import Mm

        picture = InlineImage(template, io.BytesIO(qr_png(link)), width=Mm(SIDE))
    try:
        template.render({**values, _MARK: picture}, jinja_env=_environment(), autoescape=True)
    except TemplateError as error:
        raise Rejected([_broken(error)]) from error
    kept = io.BytesIO()
    template.save(kept)
    return kept.getvalue()


def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def _unknown(names: set[str], known_ones: Mapping[str, Named]) -> Iterator[Problem]:
    if not names:
        return
    sentence = _("Mẫu dùng tên chưa biết: %(names)s.") % {"names": ", ".join(sorted(names))}
    told = _("Các tên dùng được: %(names)s.") % {"names": ", ".join(sorted(known_ones))}
    yield Problem("placeholder_unknown", sentence, told, column="file")


def _trial(kind: PaperKind, content: bytes) -> list[Problem]:
    """Fill the form once with samples: finds keys a row does not have and code the sandbox forbids."""
    sample: dict[str, Any] = {one.name: "…" for one in known(kind)}
    sample |= {one.name: [dict.fromkeys(one.keys, "…")] for one in kind.placeholders if one.keys}
    try:
        fill(content, sample, link="")
    except Rejected as rejected:
        return list(rejected.problems)
    except Exception:  # noqa: BLE001 - whatever a form does that a paper must not
        return [Problem("template_fails", _("Mẫu không điền thử được."), _("Xem lại các chỗ điền trong mẫu."))]
    return []


def _broken(error: TemplateError) -> Problem:
    sentence = _("Chỗ điền trong mẫu viết sai: %(why)s.") % {"why": str(error.message or error)[:200]}
    return Problem("template_broken", sentence, _("Sửa chỗ điền trong Word rồi nạp lại."), column="file")
