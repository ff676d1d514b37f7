"""Addresses of the register of people."""

from django.urls import path

from lianfang.people.register.views import facts, joining, links, lists, people, posters

app_name = "register"
urlpatterns = [
    path("", lists.people, name="people"),
    path("find", lists.find, name="find"),
    path("export", lists.export, name="export"),
    path("enter", people.enter, name="enter"),
    path("movements", facts.movements, name="movements"),
    path("links", links.links, name="links"),
    path("join/wait", joining.wait, name="join_wait"),
    path("join/<str:code>", joining.join, name="join"),
    path("joining", posters.joining, name="joining"),
    path("joining/<uuid:key>/take-in", posters.take_in, name="take_in"),
    path("joining/<uuid:key>/merge/<uuid:person>", posters.merge, name="merge"),
    path("joining/<uuid:key>/refuse", posters.refuse, name="refuse"),
    path("posters/<uuid:key>", posters.poster, name="poster"),
    path("posters/<uuid:key>.pdf", posters.poster_pdf, name="poster_pdf"),
    path("posters/<uuid:key>/take-down", posters.take_down, name="take_down"),
    path("<uuid:key>/", people.person, name="person"),
    path("<uuid:key>/change", people.change, name="change"),
    path("<uuid:key>/move", people.move, name="move"),
    path("<uuid:key>/leave", people.leave, name="leave"),
    path("<uuid:key>/movement", facts.movement, name="movement"),
    path("<uuid:key>/exposure", facts.exposure, name="exposure"),
    path("<uuid:key>/reveal/<slug:column>", facts.reveal, name="reveal"),
    path("<uuid:key>/link/revoke", links.revoke, name="revoke_link"),
    path("exposures/<uuid:key>/withdraw", facts.withdraw, name="withdraw"),
]
