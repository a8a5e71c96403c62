"""Who may read, fill in, submit and decide on the reports of reporters."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Policy

READ = permission("filing:report_filing:read", _("Xem báo cáo đã lập, đã nộp"))
SUBMIT = permission("filing:report_filing:submit", _("Lập và nộp báo cáo của đơn vị mình"))
DECIDE = permission("filing:report_filing:decide", _("Tiếp nhận, trả lại, khóa báo cáo"))
UNLOCK = permission("filing:report_filing:unlock", _("Mở khóa báo cáo đã khóa"))

FILINGS = Policy({"place": "place_id", "establishment": "establishment_id"})
# Whose report it is hands it in: an employer for the own establishment, the people of an area for its bodies; nobody
# for the employers of an area.
OWN = Policy({"place": "body.place_id", "establishment": "establishment_id"})
