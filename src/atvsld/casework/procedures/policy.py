"""Who may do what with administrative procedures.

Publishing follows the place of the body that publishes; a dossier is kept by the body that decides it, under the names
it bore before as well. What is published is open to everybody; who applied is not.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Policy

READ = permission("procedures:procedure:read", _("Xem thủ tục hành chính và thời gian giải quyết"))
CHANGE = permission("procedures:procedure:change", _("Công bố, sửa thủ tục hành chính"))
HANDLE = permission("procedures:application:change", _("Ghi hồ sơ thủ tục và các bước giải quyết"))

PUBLICATIONS = Policy({"place": "place_id", "body": "body_id"})
# Read by those of the place, and by an establishment for its own dossiers.
APPLICATIONS = Policy({"place": "place_id", "body": "body_id", "establishment": "establishment_id"})
# Whose it is: never by place.
OWN = Policy({"body": "body_id"})
