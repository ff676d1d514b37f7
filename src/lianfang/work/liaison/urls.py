"""Names of the screens; the liaison leader's own page stands on the board."""

from django.urls import path

from lianfang.work.liaison import views

app_name = "liaison"
urlpatterns = [
    path("coverage/", views.coverage, name="coverage"),
    path("calls/", views.calls, name="calls"),
    path("calls/export", views.export, name="export"),
    path("calls/<uuid:key>/", views.call, name="call"),
    path("calls/<uuid:key>/open", views.open_note, name="open"),
    path("calls/<uuid:key>/complete", views.complete, name="complete"),
    path("units/<str:code>/log", views.log, name="log"),
]
