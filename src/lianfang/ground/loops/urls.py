"""Names of the screens."""

from django.urls import path

from lianfang.ground.loops import views

app_name = "loops"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("assign", views.assign, name="assign"),
    path("paper", views.paper, name="paper"),
    path("<uuid:pk>/", views.inbox, name="loop"),
    path("<uuid:pk>/acknowledge", views.acknowledge, name="acknowledge"),
    path("<uuid:pk>/done", views.done, name="done"),
    path("<uuid:pk>/verify", views.verify, name="verify"),
    path("<uuid:pk>/return", views.give_back, name="return"),
    path("<uuid:pk>/waive", views.waive, name="waive"),
    path("<uuid:pk>/undo", views.undo, name="undo"),
    path("<uuid:pk>/note", views.comment, name="note"),
]
