"""Names of the screens."""

from django.urls import path

from lianfang.ground.command.views import overview, papers, units

app_name = "command"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("liaison/", overview.liaison, name="liaison"),
    path("letters/", papers.letters, name="letters"),
    path("letters/new", papers.letter, name="letter"),
    path("papers/", papers.papers, name="papers"),
    path("papers/<uuid:key>/", papers.paper, name="paper"),
    path("papers/<uuid:key>/<str:kind>", papers.file, name="file"),
    path("appointments/<uuid:key>/replace", units.replace, name="replace"),
    path("appointments/<uuid:key>/end", units.end, name="end"),
    path("appointments/<uuid:key>/phone", units.phone, name="phone"),
    path("charges/<uuid:key>/end", units.discharge, name="discharge"),
    path("units/<str:code>/", units.unit, name="unit"),
    path("units/<str:code>/ask", overview.ask, name="ask"),
    path("units/<str:code>/appoint", units.appoint, name="appoint"),
    path("units/<str:code>/sign", papers.sign, name="sign"),
    path("units/<str:code>/issue", papers.issue, name="issue"),
    path("units/<str:code>/lines/<str:line>", units.charge, name="charge"),
]
