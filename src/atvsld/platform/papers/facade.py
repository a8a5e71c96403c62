"""All that other rooms may ask about papers."""

from __future__ import annotations

from atvsld.platform.papers.actions import attach, cancel, draft, edit, issue
from atvsld.platform.papers.actions.drafting import Head
from atvsld.platform.papers.actions.issuing import Handed, next_number
from atvsld.platform.papers.making import draft_file, preview, sketch
from atvsld.platform.papers.models import Paper, PaperFile
from atvsld.platform.papers.queries import issued, papers_of, shown_to
from atvsld.platform.papers.registry import (
    Field,
    Home,
    Issuer,
    Offer,
    PaperKind,
    Placeholder,
    Source,
    kind_of,
    kinds,
    register,
    serve,
)
from atvsld.platform.papers.verifying import Known, Verified, verify_also

__all__ = [
    "Field",
    "Handed",
    "Head",
    "Home",
    "Issuer",
    "Known",
    "Offer",
    "Paper",
    "PaperFile",
    "PaperKind",
    "Placeholder",
    "Source",
    "Verified",
    "attach",
    "cancel",
    "draft",
    "draft_file",
    "edit",
    "issue",
    "issued",
    "kind_of",
    "kinds",
    "next_number",
    "papers_of",
    "preview",
    "register",
    "serve",
    "shown_to",
    "sketch",
    "verify_also",
]
