from __future__ import annotations

from django.urls import path

from atvsld.casework.capacity.web import pages
from atvsld.registers.ledgers.web.urls import urls

app_name = "capacity"
urlpatterns = [
    path("can-bo/<str:public_id>/dao-tao/", pages.training, name="training"),
    *urls("capacity"),
]
