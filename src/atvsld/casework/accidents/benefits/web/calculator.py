"""A sum worked out without a case: nothing is recorded."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents.benefits import reckoning
from atvsld.casework.accidents.benefits.policy import READ
from atvsld.casework.accidents.benefits.web.forms import CalculatorForm
from atvsld.platform.acts import Rejected, clock
from atvsld.platform.ui.pages import Page, apply_problems


class Calculator(Page):
    """Formula, inputs, article and the worked sum for whatever is typed."""

    permission = READ
    template_name = "accident_benefits/calculator.html"
    title = _("Tính thử chế độ tai nạn lao động")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = clock.local_day(self.request.now)  # type: ignore[attr-defined]
        form = CalculatorForm(self.request.POST or None, today=today)
        found = None
        if self.request.method == "POST" and form.is_valid():
            try:
                found = reckoning.reckon_facts(
                    form.facts(), died=form.cleaned_data["died"], commuting=form.cleaned_data["commuting"]
                )
            except Rejected as error:
                apply_problems(form, error)
        return super().get_context_data(form=form, found=found, **kwargs)
