"""Official Word forms: uploaded, dated, taken out of use."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem, Severity
from atvsld.platform.acts import Act, Rejected, action
from atvsld.platform.files import facade as files
from atvsld.platform.papers import official
from atvsld.platform.papers.actions.guard import rejected
from atvsld.platform.papers.actions.issuing import Handed
from atvsld.platform.papers.models import PaperTemplate
from atvsld.platform.papers.policy import CHANGE_TEMPLATE
from atvsld.platform.papers.registry import kind_of


@action(needs=CHANGE_TEMPLATE, records="papers:template:uploaded")
def upload_template(
    act: Act, *, kind: str, valid_from: date, citation: str, handed: Handed
) -> tuple[PaperTemplate, list[Problem]]:
    """Put an official form in force from a day on, in place of one of the same day; with warnings.

    `Rejected` with the list of known placeholders when the form names others, or cannot be filled.
    """
    stated = kind_of(kind)
    if not citation.strip():
        raise rejected("citation_missing", _("Chưa ghi căn cứ của mẫu."), column="citation")
    files.check(handed.content, kinds=("docx",))
    problems = official.check(stated, handed.content)
    blocking = [problem for problem in problems if problem.severity is Severity.BLOCK]
    if blocking:
        raise Rejected(blocking)
    kept = files.keep(
        act, name=handed.name, content=handed.content, purpose=f"papers:template:{stated.code}", kinds=("docx",)
    )
    template, _new = PaperTemplate.objects.update_or_create(
        kind=stated.code,
        valid_from=valid_from,
        defaults={
            "citation": citation.strip()[:250], "file": kept, "uploaded_at": act.at,
            "uploaded_by_id": act.actor.user_id,
        },
    )  # fmt: skip
    return template, problems


@action(needs=CHANGE_TEMPLATE, records="papers:template:withdrawn")
def withdraw_template(act: Act, *, template: PaperTemplate) -> None:  # noqa: ARG001
    """Stop using a form; papers issued by it keep their files, and the history keeps the form's entry."""
    template.delete()
