"""Who may do what with proposals, drafts and consolidated papers.

A proposal or an opinion is written by its own body or establishment. Consolidating follows the place.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Policy

READ = permission("proposals:policy_proposal:read", _("Xem kiến nghị, góp ý"))
CHANGE = permission("proposals:policy_proposal:change", _("Gửi kiến nghị, góp ý của đơn vị mình"))
CONSOLIDATE = permission("proposals:policy_proposal:consolidate", _("Tổng hợp, gửi kiến nghị và ghi kết quả"))

# Drafts asked about, and consolidated papers: both carry these columns.
PAPERS = Policy({"place": "place_id", "body": "body_id"})
# Proposals and opinions, for whoever consolidates them.
GATHERED = Policy({"place": "place_id"})
