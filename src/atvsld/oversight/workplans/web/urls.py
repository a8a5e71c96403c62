from __future__ import annotations

from django.urls import path

from atvsld.oversight.workplans.web import evidence, files, helping, plans, sheets, tasks

app_name = "workplans"
urlpatterns = [
    path("", plans.Home.as_view(), name="home"),
    path("moi/", plans.open_plan, name="open"),
    path("danh-sach/", plans.PlanList.as_view(), name="plans"),
    path("nhiem-vu/", plans.TaskList.as_view(), name="tasks"),
    path("ho-tro/", helping.HelpInbox.as_view(), name="help"),
    path("ho-tro/<str:public_id>/", helping.answer, name="answer"),
    path("gop-y/<str:public_id>/xong/", plans.settle_remark, name="settle_remark"),
    path("bang-chung/<str:public_id>/tep/", files.evidence_file, name="evidence_file"),
    path("bang-chung/<str:public_id>/bo/", evidence.remove, name="unprove"),
    path("nhiem-vu/<str:public_id>/", tasks.TaskPage.as_view(), name="task"),
    path("nhiem-vu/<str:public_id>/sua/", tasks.change, name="change"),
    path("nhiem-vu/<str:public_id>/bo/", tasks.remove, name="remove"),
    path("nhiem-vu/<str:public_id>/tien-do/", tasks.report, name="report"),
    path("nhiem-vu/<str:public_id>/bang-chung/", evidence.prove, name="prove"),
    path("nhiem-vu/<str:public_id>/ho-tro/", tasks.ask_help, name="ask_help"),
    path("nhiem-vu/<str:public_id>/giao/", tasks.hand, name="hand"),
    path("<str:public_id>/", plans.PlanPage.as_view(), name="plan"),
    path("<str:public_id>/them/", tasks.add, name="add"),
    path("<str:public_id>/de-xuat/", plans.propose, name="propose"),
    path("<str:public_id>/ban-hanh/", plans.issue, name="issue"),
    path("<str:public_id>/ban-ban-hanh/", files.plan_paper, name="paper"),
    path("<str:public_id>/gop-y/", plans.remark, name="remark"),
    path("<str:public_id>/tra-lai/", plans.give_back, name="return"),
    path("<str:public_id>/bang-tinh/", sheets.out, name="sheet"),
    path("<str:public_id>/nhap/", sheets.take_in, name="take_in"),
    path("<str:public_id>/gui/", plans.move, {"step": "gui"}, name="send"),
    path("<str:public_id>/tiep-nhan/", plans.move, {"step": "tiep-nhan"}, name="agree"),
]
