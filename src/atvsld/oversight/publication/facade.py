"""All that portals may ask of publication."""

from __future__ import annotations

from atvsld.oversight.publication.queries import deadline, in_force, public, visible

__all__ = ["deadline", "in_force", "public", "visible"]
