"""All that outer rings may ask of campaigns."""

from __future__ import annotations

from atvsld.casework.campaigns.asked import WORDS, Given
from atvsld.casework.campaigns.drafts import ResultDraft
from atvsld.casework.campaigns.taking_in import take_in

__all__ = ["WORDS", "Given", "ResultDraft", "take_in"]
