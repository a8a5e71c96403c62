"""Who may show a case to others, and what those see."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents.policy import READ, READ_IDENTITY
from atvsld.platform.access.permissions import permission

INVITE = permission("accidents:case_invitation:give", _("Mời cơ quan, người khác xem một hồ sơ tai nạn"))
# What an invitation gives, within that one case; with identities also the papers, which name people.
GIVEN = frozenset({READ})
GIVEN_WITH_IDENTITIES = frozenset({READ, READ_IDENTITY})
