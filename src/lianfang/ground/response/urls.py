"""Names of the screens."""

from django.urls import path

from lianfang.ground.response import views

app_name = "response"
urlpatterns = [
    path("", views.situation, name="situation"),
    path("enter/<slug:what>", views.change, name="change"),
    path("pack", views.pack, name="pack"),
    path("pack/amend", views.amend, name="amend"),
    path("pack/file", views.export, name="export"),
    path("pack/versions", views.versions, name="versions"),
    path("drafts/", views.drafts, name="drafts"),
    path("drafts/file", views.bring, name="bring"),
    path("drafts/<uuid:key>/", views.draft, name="draft"),
    path("drafts/<uuid:key>/find", views.find, name="draft_find"),
    path("drafts/<uuid:key>/settle", views.settle, name="draft_settle"),
    path("drafts/<uuid:key>/value/<str:path>", views.value, name="draft_value"),
    path("drafts/<uuid:key>/leave/<str:path>", views.leave_out, name="draft_leave"),
    path("pack/stricter", views.tighten, name="tighten"),
    path("pack/stricter/<str:code>/<str:path>", views.lift, name="lift"),
]
