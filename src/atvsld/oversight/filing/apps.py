from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from atvsld.oversight.filing.models import Filing
    from atvsld.platform.acts import Act


def _discharge(act: Act, filing: Filing) -> None:
    """The duty that asked for the report is done."""
    from atvsld.oversight.obligations.facade import discharge_for

    discharge_for(filing, act.at)


class FilingConfig(AppConfig):
    name = "atvsld.oversight.filing"
    label = "filing"
    verbose_name = _("Nộp báo cáo")

    def ready(self) -> None:
        from atvsld.oversight.filing import following
        from atvsld.oversight.filing.receipts import public_answer
        from atvsld.platform.history.labels import name_act
        from atvsld.platform.papers.facade import verify_also

        verify_also(public_answer)
        following.follow(_discharge)
        name_act("filing:report_filing:opened", _("Mở báo cáo để lập"))
        name_act("filing:report_filing:drafted", _("Ghi số liệu báo cáo"))
        name_act("filing:report_filing:submitted", _("Nộp báo cáo"))
        name_act("filing:report_filing:corrected", _("Nộp báo cáo đã sửa"))
        name_act("filing:report_filing:returned", _("Trả lại báo cáo"))
        name_act("filing:report_filing:accepted", _("Tiếp nhận báo cáo"))
        name_act("filing:report_filing:locked", _("Khóa báo cáo"))
        name_act("filing:report_filing:correction_asked", _("Xin sửa báo cáo đã tiếp nhận"))
        name_act("filing:report_filing:file_added", _("Kèm tệp vào báo cáo"))
        name_act("filing:report_filing:file_removed", _("Bỏ tệp kèm báo cáo"))
        name_act("filing:report_filing:unlocked", _("Mở khóa báo cáo"))
