"""Word forms: uploaded, their places found, each bound to a figure."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.oversight.composing import word
from atvsld.oversight.composing.actions.stepping import require_owner, step
from atvsld.oversight.composing.addresses import FigureAddress, exists
from atvsld.oversight.composing.models import WordForm, WordMark
from atvsld.oversight.composing.policy import COMPOSE
from atvsld.platform.acts import Act, Rejected, action
from atvsld.platform.files import facade as files


@action(needs=COMPOSE, records="composing:word_form:uploaded")
def upload_word_form(
    act: Act, *, key: str, name: str, citation: str, file_name: str, content: bytes, version: int = 0
) -> WordForm:
    """Keep a Word form and find its places; a new file keeps the bindings of places it still has."""
    if not name.strip():
        raise Rejected([Problem("name_missing", _("Chưa đặt tên mẫu."), _("Ghi tên mẫu."), column="name")])
    files.check(content, kinds=("docx",))
    places = word.places(content)
    kept = files.keep(act, name=file_name, content=content, purpose=f"composing:word_form:{key}", kinds=("docx",))
    values = {"name": name.strip(), "citation": citation.strip(), "file": kept, "changed_at": act.at}
    if version:
        form = WordForm.objects.get(public_id=key)
        require_owner(act, form)
        step(form, version, **values)
    else:
        form, new = WordForm.objects.get_or_create(
            public_id=key, defaults={**values, "owner_id": act.actor.user_id, "owner_name": act.actor.name}
        )
        if not new:
            return form
    form.marks.exclude(name__in=places).delete()
    WordMark.objects.bulk_create((WordMark(word_form=form, name=place) for place in places), ignore_conflicts=True)
    return form


@action(needs=COMPOSE, records="composing:word_form:mapped")
def map_marks(act: Act, *, form: WordForm, version: int, bindings: Mapping[str, tuple[str, int]]) -> WordForm:
    """Bind places to figures: name → (address, years back). An empty address leaves the place for people to fill."""
    require_owner(act, form)
    marks = {mark.name: mark for mark in form.marks.all()}
    problems = []
    for name, (text, years) in bindings.items():
        mark = marks.get(name)
        if mark is None:
            continue
        address = FigureAddress.parse(text) if text.strip() else None
        if text.strip() and (address is None or not exists(address, act.day)):
            sentence = _("Chỗ điền %(name)s: không có số liệu “%(text)s”.") % {"name": name, "text": text}
            problems.append(Problem("figure_unknown", sentence, _("Gõ vài chữ để tìm rồi chọn."), column=name))
        mark.address, mark.years_back = text.strip(), years
    if problems:
        raise Rejected(problems)
    step(form, version, changed_at=act.at)
    WordMark.objects.bulk_update(marks.values(), ["address", "years_back"])
    return form


@action(needs=COMPOSE, records="composing:word_form:removed")
def remove_word_form(act: Act, *, form: WordForm) -> None:
    """Stop using a form; its file stays kept, as every file does."""
    require_owner(act, form)
    form.delete()
