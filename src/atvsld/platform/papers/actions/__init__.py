from atvsld.platform.papers.actions.drafting import draft, edit
from atvsld.platform.papers.actions.issuing import attach, cancel, issue
from atvsld.platform.papers.actions.templates import upload_template, withdraw_template

__all__ = ["attach", "cancel", "draft", "edit", "issue", "upload_template", "withdraw_template"]
