from __future__ import annotations

from django.urls import path

from atvsld.casework.dialogues.web import recommending
from atvsld.registers.ledgers.web.urls import urls

app_name = "dialogues"
urlpatterns = [
    path("giam-sat/<str:public_id>/kien-nghi/", recommending.recommend, name="recommend"),
    path("kien-nghi/<str:public_id>/tra-loi/", recommending.answer, name="answer"),
    *urls("dialogues"),
]
