"""Who may do what with yearly plans and their tasks.

Changing is given for the own body or establishment alone (`own` of the roles); reading and overseeing follow the place.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Policy

READ = permission("workplans:work_plan:read", _("Xem kế hoạch năm, nhiệm vụ, tiến độ, bằng chứng"))
CHANGE = permission("workplans:work_plan:change", _("Lập kế hoạch năm, báo tiến độ, nêu bằng chứng của đơn vị mình"))
OVERSEE = permission("workplans:work_plan:oversee", _("Góp ý, trả lại, đôn đốc kế hoạch của các đơn vị"))

# Plans and tasks both carry these columns.
PLANS = Policy({"place": "place_id", "body": "body_id", "establishment": "establishment_id"})
# Whose it is: never by place.
OWN = Policy({"body": "body_id", "establishment": "establishment_id"})
