from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccidentPapersConfig(AppConfig):
    name = "atvsld.casework.accidents.papers"
    label = "accident_papers"
    verbose_name = _("Văn bản của vụ tai nạn")

    def ready(self) -> None:
        """State the part of the case page; the kinds themselves are found by `paper_kinds`."""
        from atvsld.casework.accidents.panels import show
        from atvsld.casework.accidents.papers.receipts import receipt_of
        from atvsld.casework.accidents.papers.web.panel import papers_panel
        from atvsld.platform.papers.verifying import verify_also

        show(60, papers_panel)
        verify_also(receipt_of)
