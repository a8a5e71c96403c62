"""Errors as RFC 9457 problem documents: what happened, what to do, and every problem of the input."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Conflict, Refused, Rejected

MEDIA = "application/problem+json"


class ProblemItem(Schema):
    """One defect of the input."""

    code: str
    message: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    severity: str = "block"


class ProblemDocument(Schema):
    """RFC 9457. `type` is stable and names the kind of error; `detail` is a Vietnamese sentence."""

    type: str
    title: str
    status: int
    detail: str
    problems: list[ProblemItem] = []


def document(status: int, kind: str, title: str, detail: str, problems: Iterable[Problem] = ()) -> HttpResponse:
    """A problem document as an answer."""
    body = {
        "type": f"urn:atvsld:problem:{kind}",
        "title": title,
        "status": status,
        "detail": detail,
        "problems": [problem.to_json() for problem in problems],
    }
    response = HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=MEDIA)
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="atvsld"'
    return response


@csrf_exempt
def unknown_path(request: HttpRequest, rest: str = "") -> HttpResponse:
    """An address of the interface that does not exist, asked in whatever way: a problem document, not a page."""
    detail = _("Giao diện không có địa chỉ này; xem các địa chỉ ở /api/v1/docs.")
    return document(404, "no-such-path", _("Không có địa chỉ này"), detail)


def install(api: NinjaAPI) -> None:
    """Answer every error of the interface with a problem document."""
    for error, handler in _HANDLERS.items():
        api.add_exception_handler(error, partial(_answer, handler=handler))


def _answer(request: HttpRequest, error: Any, *, handler: Any) -> HttpResponse:
    answer: HttpResponse = handler(error)
    return answer


def _unauthenticated(_error: AuthenticationError) -> HttpResponse:
    return document(
        401, "unauthenticated", _("Chưa xác thực"), _("Đăng nhập, hoặc gửi thẻ truy cập (Authorization: Bearer …).")
    )


def _http(error: HttpError) -> HttpResponse:
    return document(error.status_code, f"http-{error.status_code}", _("Yêu cầu không thực hiện được"), error.message)


def _not_found(_error: Http404) -> HttpResponse:
    return document(
        404, "not-found", _("Không tìm thấy"), _("Không có dữ liệu này, hoặc nằm ngoài phạm vi của tài khoản.")
    )


def _refused(error: Refused) -> HttpResponse:
    return document(403, "refused", _("Không được phép"), " ".join(error.reasons))


def _conflict(error: Conflict) -> HttpResponse:
    return document(409, "conflict", _("Dữ liệu vừa thay đổi"), str(error))


def _rejected(error: Rejected) -> HttpResponse:
    return document(422, "rejected", _("Dữ liệu chưa hợp lệ"), str(error), error.problems)


def _invalid(error: ValidationError) -> HttpResponse:
    found = [
        Problem(str(item["type"]), str(item["msg"]), column=".".join(str(part) for part in item["loc"]))
        for item in error.errors
    ]
    return document(422, "invalid", _("Yêu cầu không đúng dạng"), _("Kiểm tra các trường nêu dưới đây."), found)


_HANDLERS: dict[type[Exception], Any] = {
    AuthenticationError: _unauthenticated,
    HttpError: _http,
    Http404: _not_found,
    Refused: _refused,
    Conflict: _conflict,
    Rejected: _rejected,
    ValidationError: _invalid,
}
