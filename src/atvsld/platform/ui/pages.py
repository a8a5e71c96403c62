"""Base classes of pages: who may open one, and how an act's problems come back into its form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from atvsld.kit.outcome import Severity
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import Act, Channel, Conflict, Rejected


@dataclass(frozen=True, slots=True)
class PageAction:
    """A button in the head of a page. `primary` stands out; there is at most one on a page."""

    label: str | Promise
    url: str
    icon: str = ""
    primary: bool = False


def check_access(request: HttpRequest, permission: str) -> HttpResponse | None:
    """None when the page may be opened; the way to the login page for a stranger; 403 page else."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if permission and not actor_of(request).may(permission):
        from atvsld.platform.ui.errors import refused

        return refused(request, _("Tài khoản không có quyền mở trang này (%(code)s).") % {"code": permission})
    return None


def actor_of(request: HttpRequest) -> Actor:
    """The acting person that the middleware put on the request."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def act_of(request: HttpRequest, reason: str = "") -> Act:
    """The act of a page: this person, this moment, and the reason given."""
    return Act(actor_of(request), Channel.PAGE, at=request.now, reason=reason)  # type: ignore[attr-defined]


View = Callable[..., HttpResponse]


def requires(permission: str) -> Callable[[View], View]:
    """For function views: signed in, and the permission held somewhere. An empty code asks for sign-in only."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return check_access(request, permission) or view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


class Page(TemplateView):
    """A page for those who hold `permission` somewhere; an empty code asks for sign-in only."""

    permission: str = ""
    title: str | Promise = ""
    pretitle: str | Promise = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return check_access(request, self.permission) or super().dispatch(request, *args, **kwargs)

    @property
    def actor(self) -> Actor:
        return actor_of(self.request)

    def actions(self) -> list[PageAction]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        head = {"title": self.title, "pretitle": self.pretitle, "page_actions": self.actions()}
        return super().get_context_data(**(head | kwargs))


def apply_problems(form: BaseForm, error: Rejected) -> None:
    """Put an act's problems beside the fields they speak of; the rest above the form."""
    for problem in error.problems:
        if problem.severity is not Severity.BLOCK:
            continue
        text = f"{problem.message} {problem.remedy}".strip()
        form.add_error(problem.column if problem.column in form.fields else None, text)


def say(request: HttpRequest, sentence: str | Promise) -> None:
    """A sentence shown at the head of the next page: what was just done."""
    messages.success(request, str(sentence))


def form_page(
    request: HttpRequest,
    form: BaseForm,
    *,
    title: str | Promise,
    back: str,
    template: str = "ui/form.html",
    **context: Any,
) -> HttpResponse:
    """A form under a title with a way back; status 422 once it was sent and something in it is wrong."""
    shown = {"form": form, "title": title, "cancel_url": back, **context}
    return render(request, template, shown, status=422 if form.is_bound else 200)


def act_by_form(
    request: HttpRequest,
    form: BaseForm,
    act: Callable[[], Any],
    *,
    title: str | Promise,
    back: str,
    then: Callable[[], str] | None = None,
    **shown: Any,
) -> HttpResponse:
    """Show a form, and do the act of a valid one: its problems come back beside the fields they speak of.

    So does a conflict, with what was typed kept. Afterwards the browser goes to `then()` (address or name of a page),
    without it to `back`. `shown` goes to `form_page`.
    """
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Rejected as error:
            apply_problems(form, error)
        except Conflict as error:
            form.add_error(None, str(error))
        else:
            say(request, _("Đã ghi."))
            return redirect(then() if then else back)
    return form_page(request, form, title=title, back=back, **shown)
