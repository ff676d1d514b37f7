"""Addresses of the reports and of the bulletin."""

from django.urls import path

from lianfang.ground.papers.layout import Role
from lianfang.ground.web import addresses as _addresses  # noqa: F401 - registers <day:…>
from lianfang.rollup.reports.views import bulletins as bulletin_views
from lianfang.rollup.reports.views import daily as views
from lianfang.rollup.reports.views import faces as face_views
from lianfang.rollup.reports.views import leader as leader_views
from lianfang.rollup.reports.views import unit_papers

app_name = "reports"
urlpatterns = [
    path("", views.index, name="index"),
    path("leader/", leader_views.leader, name="leader"),
    path("<day:day>/", views.of_day, name="day"),
    path("<day:day>/chase", views.chase, name="chase"),
    path("version/<uuid:report>/", views.version, name="version"),
    path("version/<uuid:report>/accept", views.accept, name="accept"),
    path("version/<uuid:report>/return", views.give_back, name="return"),
    path("bulletin/", bulletin_views.index, name="bulletins"),
    path("bulletin/<day:day>/", bulletin_views.page, name="bulletin"),
    path("bulletin/<day:day>/draft", bulletin_views.draft, name="bulletin_draft"),
    path("bulletin/<day:day>/check", bulletin_views.check, name="bulletin_check"),
    path("bulletin/<day:day>/endorse", bulletin_views.endorse, name="bulletin_endorse"),
    path("bulletin/<day:day>/release", bulletin_views.release, name="bulletin_release"),
    *(
        path(f"bulletin/<day:day>/{kind}", bulletin_views.paper, {"kind": kind}, f"bulletin_{kind}")
        for kind in ("docx", "pdf", "xlsx", "png")
    ),
    path("faces/", face_views.index, name="faces"),
    *(
        path(f"faces/{role.value}.png", face_views.sample, {"role": role.value}, f"face_{role}")
        for role in Role
    ),
    path("<day:day>/<str:code>/", views.page, name="page"),
    path("<day:day>/<str:code>/chat", unit_papers.chat, name="chat"),
    *(
        path(f"<day:day>/<str:code>/{kind}", unit_papers.paper, {"kind": kind}, f"unit_{kind}")
        for kind in ("docx", "pdf", "png")
    ),
    path("<day:day>/<str:code>/rows/<slug:figure>/", views.rows, name="rows"),
    path("<day:day>/<str:code>/type", views.type_in, name="type"),
    path("<day:day>/<str:code>/as-yesterday", views.as_yesterday, name="as_yesterday"),
    path("<day:day>/<str:code>/override", views.override, name="override"),
    path(
        "<day:day>/<str:code>/override/<slug:figure>/back",
        views.override_back,
        name="override_back",
    ),
    path("<day:day>/<str:code>/write", views.write, name="write"),
    path("<day:day>/<str:code>/sign", views.sign, name="sign"),
    path("<day:day>/<str:code>/submit", views.submit, name="submit"),
]
