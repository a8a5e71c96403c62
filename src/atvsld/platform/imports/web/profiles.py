"""Column mappings saved for files in someone else's layout."""

from __future__ import annotations

import yaml
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from atvsld.platform.imports import queries
from atvsld.platform.imports.actions import runs
from atvsld.platform.imports.web.access import for_importers
from atvsld.platform.imports.web.forms import ProfileForm
from atvsld.platform.ui.pages import act_of, actor_of, say

_EXAMPLE = """columns:
  case_key: ma_vu
  sex: {from: gioi, values: {M: male, F: female}, unknown: ["0"]}
  conclusion: {constant: occupational}
"""


@for_importers
def profiles(request: HttpRequest, slug: str) -> HttpResponse:
    """The mappings there are; write one or change one (`?sua=` its number)."""
    target = next((one for one in queries.permitted(actor_of(request)) if one.slug == slug), None)
    if target is None:
        raise Http404
    held = queries.profiles(target, actor_of(request))
    chosen = held.filter(pk=request.GET["sua"]).first() if request.GET.get("sua", "").isdigit() else None
    initial = {"name": "", "mapping": _EXAMPLE}
    if chosen is not None:
        text = yaml.safe_dump({"columns": chosen.mapping["columns"]}, allow_unicode=True, sort_keys=False)
        initial = {"name": chosen.name, "mapping": text}
    form = ProfileForm(request.POST or None, initial=initial, target=target)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        runs.save_profile(act_of(request), target=target, name=data["name"].strip(), mapping=data["mapping"])
        say(request, _("Đã lưu mẫu ánh xạ “%(name)s”.") % {"name": data["name"]})
        return redirect("imports:profiles", slug)
    context = {"form": form, "target": target, "held": held}
    return render(request, "imports/profiles.html", context, status=422 if form.errors else 200)
