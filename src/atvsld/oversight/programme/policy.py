"""Who may read plans and follow their carrying out, and who enters one.

A plan is entered for the own body or establishment alone (`own` of the roles). What is issued above everybody is read
by whoever may read plans at all; the plan of a body or a firm follows the place.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Policy

READ = permission("programme:programme:read", _("Xem chương trình, kế hoạch và từng nội dung"))
CHANGE = permission("programme:programme:change", _("Nhập chương trình, kế hoạch từ trang hoặc từ tệp"))

ENTERED = Policy({"place": "place_id", "body": "body_id", "establishment": "establishment_id"})
OWN = Policy({"body": "body_id", "establishment": "establishment_id"})
# The bodies whose work somebody follows.
BODIES = Policy({"place": "place_id", "body": "pk"})
