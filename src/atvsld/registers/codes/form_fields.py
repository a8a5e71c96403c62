"""A field for a code of a list too long for a page: typed as a code, found by name without tone marks."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import lazystr

from atvsld.platform.ui.pickers import SuggestInput


def code_input(name: str, *, field: str, version_field: str = "", **attrs: Any) -> SuggestInput:
    """The control for codes of the list `name` in the form field `field`.

    `version_field` is the field of the same form that holds the version; without one the version in force is meant.
    Whether the code exists is for the act to check, as ever.
    """

    class _Address:
        """Written out when a page is drawn, since addresses are not known while forms are declared."""

        def __str__(self) -> str:
            asked = {"truong": field} | ({"ban-truong": version_field} if version_field else {})
            return f"{reverse('codes:suggest', args=[name])}?{urlencode(asked)}"

    return SuggestInput(lazystr(_Address()), include=[version_field] if version_field else [], attrs=attrs)
