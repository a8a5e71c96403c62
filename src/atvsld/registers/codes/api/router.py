"""Code lists for other systems: every version, what it holds, and where a code leads in another version."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError

from atvsld.kit.dated import NotInForce
from atvsld.law import UnknownEntry
from atvsld.platform.acts import clock
from atvsld.registers.codes import catalogue

router = Router(tags=["registers"])


class VersionOut(Schema):
    """One version of a list. `complete` false: codes are missing, and a code not found may still exist."""

    name: str
    title: str
    title_en: str | None
    version: str
    valid_from: date
    valid_to: date | None
    complete: bool
    status: str
    citation: str
    source: str
    note: str
    size: int


class ListOut(Schema):
    """One list with its versions, newest first; `current` names the one in force today."""

    name: str
    current: str | None
    versions: list[VersionOut]


class ListsOut(Schema):
    items: list[ListOut]


class ItemOut(Schema):
    """One code. Codes are text; `recordable` is false for a heading that no record may state."""

    code: str
    label: str
    label_en: str | None
    parent: str | None
    level: int
    recordable: bool
    status: str


class ItemsOut(VersionOut):
    items: list[ItemOut]


class ItemsQuery(Schema):
    """Which version (by its name, or by a day it is in force on; today without either) and which of its codes."""

    version: str = Field("", max_length=40)
    on: date | None = None
    search: str = Field(
        "", description="words of the name without tone marks, or the first digits of the code", max_length=100
    )
    parent: str = Field("", description="only codes directly below this one", max_length=20)


class ConvertQuery(Schema):
    """`version` is the one the code is read in, `to` the one asked about."""

    version: str = Field(max_length=40)
    to: str = Field(max_length=40)


class ConversionTargetOut(Schema):
    code: str
    lossless: bool
    status: str
    note: str


class ConversionOut(Schema):
    """`exact` only where the way is lossless. No targets: there is no map, whatever the numbers look like."""

    code: str
    version: str = Field(alias="from")
    to: str
    exact: str | None
    targets: list[ConversionTargetOut]
    citation: str | None


@router.get("/code-lists", response=ListsOut, operation_id="list_code_lists")
def list_code_lists(request: HttpRequest) -> dict[str, Any]:
    """Every code list with all its versions."""
    return {
        "items": [
            {
                "name": one.name,
                "current": one.current.version if one.current else None,
                "versions": [catalogue.version_data(codes) for codes in one.versions],
            }
            for one in catalogue.everything(_today(request))
        ]
    }


@router.get("/code-lists/{name}", response=ItemsOut, operation_id="get_code_list")
def get_code_list(request: HttpRequest, name: str, query: Query[ItemsQuery]) -> dict[str, Any]:
    """The codes of one version, all or those searched for."""
    try:
        codes = (
            catalogue.in_force(name, query.on)
            if query.on and not query.version
            else catalogue.version_of(name, query.version, _today(request))
        )
    except (UnknownEntry, NotInForce) as error:
        raise HttpError(404, str(error.args[0])) from error
    found = catalogue.items(codes, search=query.search, parent=query.parent)
    return catalogue.version_data(codes) | {"items": [catalogue.item_data(codes, item) for item in found]}


@router.get(
    "/code-lists/{name}/codes/{code}/conversion", response=ConversionOut, by_alias=True, operation_id="convert_code"
)
def convert_code(request: HttpRequest, name: str, code: str, query: Query[ConvertQuery]) -> dict[str, Any]:
    """Where a code of one version leads in another: never by equal number, only where a source gives a map."""
    try:
        return catalogue.conversion_data(catalogue.conversion(name, code, version=query.version, to=query.to))
    except UnknownEntry as error:
        raise HttpError(404, str(error.args[0])) from error


def _today(request: HttpRequest) -> date:
    return clock.local_day(request.now)  # type: ignore[attr-defined]
