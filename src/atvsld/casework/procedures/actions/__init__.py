"""The only writers of procedures published and dossiers handled."""

from atvsld.casework.procedures.actions.dossiers import Received, receive, take_step
from atvsld.casework.procedures.actions.publishing import Published, end_publication, publish

__all__ = ["Published", "Received", "end_publication", "publish", "receive", "take_step"]
