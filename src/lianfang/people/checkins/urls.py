"""Names of the screens."""

from django.urls import path

from lianfang.people.checkins.views import chat, days, grid, keeper, own, ways

app_name = "checkins"
urlpatterns = [
    path("c/", ways.by_link(own.home), name="own"),
    path("c/fill", ways.by_link(own.fill), name="own_fill"),
    path("c/pass", ways.by_link(own.shown), name="own_pass"),
    path("c/keeper.js", keeper.script, name="own_keeper"),
    path("c/<str:secret>", ways.link, name="link"),
    path("checkin/", ways.signed_in(own.home), name="me"),
    path("checkin/fill", ways.signed_in(own.fill), name="me_fill"),
    path("checkin/pass", ways.signed_in(own.shown), name="me_pass"),
    path("checkin/keeper.js", keeper.script, name="me_keeper"),
    path("checkin/places/<str:province>", own.places, name="places"),
    path("checkins/", grid.grid, name="grid"),
    path("checkins/chat", chat.chat, name="chat"),
    path("checkins/chat/absent.png", chat.absent, name="absent"),
    path("checkins/chat/results.png", chat.results, name="results"),
    path("checkins/chat/names/<uuid:key>/forget", chat.forget, name="forget_name"),
    path("checkins/readings", days.readings, name="readings"),
]
