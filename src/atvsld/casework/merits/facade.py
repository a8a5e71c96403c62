"""All that outer rings may ask of commendations: rooms that hold records answer conditions."""

from __future__ import annotations

from atvsld.casework.merits.prechecks import Answer, Subject, Verdict, answer_by

__all__ = ["Answer", "Subject", "Verdict", "answer_by"]
