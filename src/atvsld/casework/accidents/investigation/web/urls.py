from __future__ import annotations

from django.urls import path

from atvsld.casework.accidents.investigation.web import after, gathering, pages, writing

app_name = "accident_investigation"
_ROOT = "<str:public_id>/dieu-tra/"
urlpatterns = [
    path(_ROOT, pages.desk_page, name="page"),
    path(f"{_ROOT}doan/", gathering.team, name="team"),
    path(f"{_ROOT}bat-dau/", gathering.begin, name="begin"),
    path(f"{_ROOT}hien-truong/", gathering.scene, name="scene"),
    path(f"{_ROOT}loi-khai/moi/", gathering.new_statement, name="new_statement"),
    path(f"{_ROOT}loi-khai/<str:part>/", gathering.statement, name="statement"),
    path(f"{_ROOT}loi-khai/<str:part>/sua/", gathering.change_statement, name="change_statement"),
    path(f"{_ROOT}chung-cu/moi/", gathering.new_evidence, name="new_evidence"),
    path(f"{_ROOT}chung-cu/<str:part>/tep/", gathering.evidence_file, name="evidence_file"),
    path(f"{_ROOT}chung-cu/<str:part>/bo/", gathering.withdraw_evidence, name="withdraw_evidence"),
    path(f"{_ROOT}giam-dinh/moi/", gathering.new_expertise, name="new_expertise"),
    path(f"{_ROOT}giam-dinh/<str:part>/", gathering.expertise_result, name="expertise_result"),
    path(f"{_ROOT}bien-ban/moi/", writing.start_minutes, name="start_minutes"),
    path(f"{_ROOT}bien-ban/<str:part>/", writing.minutes_page, name="minutes"),
    path(f"{_ROOT}bien-ban/<str:part>/soan/", writing.edit_minutes, name="edit_minutes"),
    path(f"{_ROOT}bien-ban/<str:part>/thong-qua/", writing.approve, name="approve"),
    path(f"{_ROOT}hop/", writing.meeting, name="meeting"),
    path(f"{_ROOT}hop/da-hop/", writing.held, name="held"),
    path(f"{_ROOT}gui/<int:position>/", after.sending, name="sending"),
    path(f"{_ROOT}niem-yet/", after.posting, name="posting"),
    path(f"{_ROOT}kien-nghi/<str:part>/ket-qua/", after.recommendation_done, name="recommendation_done"),
    path(f"{_ROOT}kien-nghi/<str:part>/thoi/", after.recommendation_waived, name="recommendation_waived"),
    path(f"{_ROOT}ho-so/<str:victim_id>/<str:item>/", after.exempt, name="exempt"),
    path(f"{_ROOT}che-do/", after.benefits, name="benefits"),
    path(f"{_ROOT}ghi-nhan/", after.commune_record, name="commune_record"),
    path(f"{_ROOT}ghi-nhan/lap-xong/", after.complete_commune_record, name="complete_commune_record"),
    path(f"{_ROOT}ket-thuc/", after.close, name="close"),
]
