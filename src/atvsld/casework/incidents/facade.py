"""All that outer rings may ask of incidents."""

from __future__ import annotations

from atvsld.casework.incidents.queries import visible

__all__ = ["visible"]
