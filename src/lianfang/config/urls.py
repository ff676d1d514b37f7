"""Addresses."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path
from django.views.i18n import set_language

from lianfang.api.mount import URLS
from lianfang.config.metrics import metrics
from lianfang.config.verifying import NAME, verification
from lianfang.ground.web import health

handler404 = "lianfang.ground.web.errors.not_found"
handler500 = "lianfang.ground.web.errors.broken"

urlpatterns = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("metrics", metrics),
    re_path(rf"^(?P<name>{NAME})$", verification, name="verification"),
    path("language", login_not_required(set_language), name="set_language"),
    path("account/", include("lianfang.ground.orgs.signin_urls")),
    path("signing/", include("lianfang.ground.signing.urls")),
    path("loops/", include("lianfang.ground.loops.urls")),
    path("command/", include("lianfang.ground.command.urls")),
    path("liaison/", include("lianfang.work.liaison.urls")),
    path("people/", include("lianfang.people.register.urls")),
    path("notices/", include("lianfang.ground.notices.urls")),
    path("orgs/", include("lianfang.ground.orgs.urls")),
    path("imports/", include("lianfang.ground.imports.urls")),
    path("files/", include("lianfang.ground.files.urls")),
    path("audit/", include("lianfang.ground.audit.urls")),
    path("response/", include("lianfang.ground.response.urls")),
    path("", include("lianfang.rollup.board.urls")),
    path("reports/", include("lianfang.rollup.reports.urls")),
    path("daybooks/", include("lianfang.rollup.daybooks.urls")),
    path("briefings/", include("lianfang.rollup.briefings.urls")),
    path("demo/", include("lianfang.drills.demo.urls")),
    path("", include("lianfang.people.checkins.urls")),
    path("api/v1/", URLS),
]
