from __future__ import annotations

from atvsld.registers.ledgers.web.urls import urls

app_name = "outreach"
urlpatterns = urls("outreach")
