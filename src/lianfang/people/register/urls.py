"""Addresses of the register of people."""

from django.urls import path

from lianfang.people.register.views import facts, links, lists, people

app_name = "register"
urlpatterns = [
    path("", lists.people, name="people"),
    path("find", lists.find, name="find"),
    path("export", lists.export, name="export"),
    path("enter", people.enter, name="enter"),
    path("movements", facts.movements, name="movements"),
    path("links", links.links, name="links"),
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
