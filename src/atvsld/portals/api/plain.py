"""Text as the database can keep it."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Field, Schema
from pydantic import field_validator

# đồng; beyond it somebody mistyped.
Amount = Annotated[int, Field(ge=0, le=10**13)]


class PlainSchema(Schema):
    """A body whose texts carry no NUL character, which PostgreSQL has no place for."""

    @field_validator("*", mode="before")
    @classmethod
    def _without_nul(cls, value: Any) -> Any:
        return value.replace("\x00", "") if isinstance(value, str) else value
