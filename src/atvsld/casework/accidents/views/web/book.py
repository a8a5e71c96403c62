"""The statistical books: chosen, shown with names masked, and handed out with names once the purpose is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from atvsld.casework.accidents import actions, queries
from atvsld.casework.accidents.policy import READ, READ_IDENTITY
from atvsld.casework.accidents.views import book_paper, books
from atvsld.casework.accidents.views.web.forms import PurposeForm
from atvsld.documents import model
from atvsld.documents.render import FORMATS, to_html
from atvsld.documents.render import render as render_paper
from atvsld.kit.periods import Period, PeriodError
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.platform.ui.pages import act_of, actor_of, requires
from atvsld.registers.establishments import facade as establishments
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.places import tree

HANDED_OUT = ("docx", "pdf", "xlsx")
# Lines drawn on the page; files hold all of them.
SHOWN = 200


class BookForm(forms.Form):
    """Which book, of which period, of which establishment or unit."""

    book = forms.ChoiceField(label=gettext_lazy("Sổ"))
    period = forms.CharField(label=gettext_lazy("Kỳ"), max_length=7, help_text=gettext_lazy("2026 hoặc 2026-H1"))
    establishment = forms.CharField(label=gettext_lazy("Mã số thuế của cơ sở"), max_length=20, required=False)
    place = forms.CharField(label=gettext_lazy("Mã đơn vị hành chính"), max_length=10, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        chosen: Any = self.fields["book"]
        chosen.choices = [(book.id, _title(book)) for book in books.load_books().books.values()]

    def clean_period(self) -> Period:
        try:
            return Period.parse(self.cleaned_data["period"])
        except PeriodError as error:
            raise forms.ValidationError(str(error)) from error

    def clean_establishment(self) -> Establishment | None:
        code = self.cleaned_data["establishment"].strip()
        if not code:
            return None
        found = establishments.visible(self.actor).filter(tax_code=code).first()
        if found is None:
            raise forms.ValidationError(_("Không có cơ sở mang mã số thuế này trong phạm vi của bạn."))
        return found

    def clean_place(self) -> tree.Node | None:
        code = self.cleaned_data["place"].strip()
        if not code:
            return None
        units = tree.current().with_code(code)
        if not units:
            raise forms.ValidationError(_("Không có đơn vị hành chính nào mang mã này."))
        return units[-1]


def _title(book: books.Book) -> str:
    return (book.title.en or book.title.vi) if get_language() == "en" else book.title.vi


@dataclass(frozen=True, slots=True)
class _Asked:
    """A valid choice with the victims it names."""

    book: books.Book
    period: Period
    subject: str
    narrowed: Q


@requires(READ)
def book(request: HttpRequest) -> HttpResponse:
    """The page; with `tep` the file with names masked; a POST gives names, for the purpose said and recorded."""
    actor = actor_of(request)
    form = BookForm(request.GET or _usual(request), actor=actor)
    asked = _asked(form, actor) if form.is_valid() else None
    purpose = PurposeForm(request.POST or None)
    kind = (request.POST if request.method == "POST" else request.GET).get("tep", "")
    if asked is not None and kind in HANDED_OUT:
        if request.method == "POST" and purpose.is_valid():
            return _file(asked, kind, _document(request, asked, purpose.cleaned_data["purpose"]))
        if request.method == "GET":
            return _file(asked, kind, _document(request, asked))
    context: dict[str, Any] = {
        "title": _("Sổ thống kê tai nạn lao động"),
        "choice": form,
        "purpose": purpose,
        "may_read_identity": actor.may(READ_IDENTITY),
    }
    if asked is not None:
        found = books.victims(actor, asked.book.id, asked.period, asked.narrowed)
        total = found.count()
        shown = book_paper.document(
            asked.book, list(books.lines(found[:SHOWN])), asked.period, subject=asked.subject, masked=True
        )
        context |= {
            "paper": mark_safe(to_html(shown, headings_from=2)),  # noqa: S308 - escaped by the renderer
            "total": total,
            "cut": total > SHOWN,
            "shown": SHOWN,
            "downloads": [(FORMATS[kind].label, f"?{_query(form)}&tep={kind}") for kind in HANDED_OUT],
            "kinds": [(kind, FORMATS[kind].label) for kind in HANDED_OUT],
        }
    status = 422 if form.errors or (request.method == "POST" and purpose.errors) else 200
    return render(request, "accident_views/book.html", context, status=status)


def _usual(request: HttpRequest) -> dict[str, str]:
    """The book of who asks: an employer's own, a commune's own, this year."""
    today = clock.local_day(request.now)  # type: ignore[attr-defined]
    scopes = actor_of(request).scopes(READ)
    found = {"book": "employer", "period": str(today.year)}
    nodes = tree.current().nodes
    for scope in scopes:
        node = nodes.get(scope.root) if scope.dimension == "place" and scope.root is not None else None
        if node is not None and node.level == "commune":
            return found | {"book": "commune", "place": node.code}
        if scope.dimension == "establishment" and scope.root is not None:
            firm = Establishment.objects.filter(pk=scope.root).first()
            return found | ({"establishment": firm.tax_code} if firm else {})
    return found


def _asked(form: BookForm, actor: Actor) -> _Asked:
    stated = form.cleaned_data
    narrowed, names = Q(), []
    if firm := stated["establishment"]:
        narrowed &= Q(case__establishment=firm)
        names.append(f"{firm.name} ({firm.tax_code})")
    if node := stated["place"]:
        narrowed &= Q(case__place_id__in=tree.current().territory(node.pk))
        names.append(node.name)
    subject = ", ".join(names) or "; ".join(dict.fromkeys(scope.label for scope in actor.scopes(READ) if scope.label))
    return _Asked(books.load_books().books[stated["book"]], stated["period"], subject, narrowed)


def _document(request: HttpRequest, asked: _Asked, purpose: str = "") -> model.Document:
    """With a purpose names are in clear, where the actor may read them, and every case read is recorded."""
    actor = actor_of(request)
    found = list(books.victims(actor, asked.book.id, asked.period, asked.narrowed))
    clear: dict[int, str] | None = None
    if purpose:
        readable = queries.visible_cases(actor, READ_IDENTITY).filter(pk__in={victim.case_id for victim in found})
        read = actions.read_identities(act_of(request, purpose), cases=list(readable))
        clear = {victim.pk: victim.name or "" for victims in read.values() for victim in victims}
    return book_paper.document(
        asked.book, list(books.lines(found, clear)), asked.period, subject=asked.subject, masked=clear is None
    )


def _file(asked: _Asked, kind: str, document: model.Document) -> HttpResponse:
    response = HttpResponse(render_paper(document, kind), content_type=FORMATS[kind].media_type)
    name = f"so-thong-ke-{asked.book.id}-{asked.period.code}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def _query(form: BookForm) -> str:
    from django.utils.http import urlencode

    return urlencode({name: form[name].value() or "" for name in ("book", "period", "establishment", "place")})
