from atvsld.oversight.publication.actions.drafting import draft_notice, drop_draft, recompute, write
from atvsld.oversight.publication.actions.issuing import Signer, issue_notice

__all__ = ["Signer", "draft_notice", "drop_draft", "issue_notice", "recompute", "write"]
