"""The first page: the officer's area at a glance."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.ui.pages import Page


class Home(Page):
    template_name = "staff/home.html"
    title = _("Trang chính")
