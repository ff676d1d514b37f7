"""The application that the web server runs."""

import os

from django.core.wsgi import get_wsgi_application

from lianfang.config.following import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianfang.config.settings")
if "LIANFANG_SUPERVISED" in os.environ:
    end_with_parent()
application = get_wsgi_application()
