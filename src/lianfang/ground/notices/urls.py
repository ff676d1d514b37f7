"""Names of the screens."""

from django.urls import path

from lianfang.ground.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("read", views.read_all, name="read_all"),
    path("<uuid:pk>/read", views.read, name="read"),
    path("write", views.write, name="write"),
    path("sent/", views.sent, name="sent"),
    path("sent/<uuid:pk>/", views.receipts, name="receipts"),
]
