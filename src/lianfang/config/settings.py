"""Settings, read from the environment."""

import os
from pathlib import Path

os.environ.setdefault("POLARS_MAX_THREADS", "1")

from csp.constants import NONCE, SELF
from django.utils.translation import gettext_lazy as _

from lianfang.config import environment as env
from lianfang.config import providers
from lianfang.kernel import clock
from lianfang.kernel.sealed import Keyring

DATA = env.data_directory()
KEYRING = Keyring.at(DATA)
SECRET_KEY = env.secret_key(DATA)
CLOCK_FILE = DATA / "clock.json"
DEMO = (DATA / env.DEMO_MARK).is_file()
clock.follow(CLOCK_FILE if DEMO else None)

PUBLIC_URL = env.public_url()
HTTPS = PUBLIC_URL.startswith("https://")
ICP = env.text("ICP")
METRICS_TOKEN = env.text("METRICS_TOKEN")
DEBUG = False
THREADS = env.number("THREADS", 16, 1, 128)
ALLOWED_HOSTS = env.hosts(PUBLIC_URL)
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []
ROOT_URLCONF = "lianfang.config.urls"
WSGI_APPLICATION = "lianfang.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": env.database(os.environ.get("DATABASE_URL", ""), DATA)}

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_linear_migrations",
    "django_htmx",
    "django_vite",
    "csp",
    "ninja",
    "lianfang.ground.web",  # before allauth, whose pages it dresses
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.dingtalk",
    "allauth.socialaccount.providers.feishu",
    "axes",
    "lianfang.drills.demo",
    "lianfang.rollup.board",
    "lianfang.rollup.daybooks",
    "lianfang.rollup.briefings",
    "lianfang.rollup.reports",
    "lianfang.work.liaison",
    "lianfang.people.checkins",
    "lianfang.people.screening",
    "lianfang.people.register",
    "lianfang.ground.command",
    "lianfang.ground.signing",
    "lianfang.ground.loops",
    "lianfang.ground.notices",
    "lianfang.ground.imports",
    "lianfang.ground.files",
    "lianfang.ground.audit",
    "lianfang.ground.figures",
    "lianfang.ground.response",
    "lianfang.ground.orgs",
    "lianfang.ground.doors",
]
FIRST_PARTY_APPS = [app for app in INSTALLED_APPS if app.startswith("lianfang.")]

MIDDLEWARE = [
    "lianfang.config.logs.numbered",
    "lianfang.config.metrics.counted",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lianfang.ground.web.middleware.stamped",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "lianfang.ground.orgs.middleware.idle",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "lianfang.ground.orgs.middleware.actors",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "lianfang.ground.web.middleware.remembering",
    "lianfang.ground.web.middleware.Refusals",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "lianfang.ground.web.context.shell",
            ],
        },
    }
]

# People
AUTH_USER_MODEL = "orgs.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {
        "NAME": f"{_VALIDATION}.MinimumLengthValidator",
        "OPTIONS": {"min_length": env.number("PASSWORD_LENGTH", 8, 8, 64)},
    },
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
LOGIN_URL = "demo:home" if DEMO else "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "lianfang.ground.orgs.signin.Adapter"
ACCOUNT_FORMS = {
    "change_password": "lianfang.ground.orgs.forms.password.OwnPasswordForm",
    "reauthenticate": "lianfang.ground.orgs.forms.password.AgainForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "300/m/ip"}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_REAUTHENTICATION_TIMEOUT = env.number("ONCE_MORE_MINUTES", 10, 1, 60) * 60
SECOND_STEP = not DEMO  # the demo is entered by one click
SECOND_STEP_DAYS = env.number("SECOND_STEP_DAYS", 0, 0, 30)
MFA_ADAPTER = "lianfang.ground.orgs.factors.Factors"
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
_STEPS = "lianfang.ground.orgs.forms.factors"
MFA_FORMS = {
    "authenticate": f"{_STEPS}.SecondStepForm",
    "reauthenticate": f"{_STEPS}.SecondStepAgainForm",
    "activate_totp": f"{_STEPS}.ClockForm",
    "add_webauthn": f"{_STEPS}.PasskeyForm",
}
MFA_TOTP_TOLERANCE = 1
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # there are no addresses to verify
MFA_RECOVERY_CODES_SHOW_ONCE = True
OTHER_DOORS = providers.read(PUBLIC_URL)
SOCIALACCOUNT_ADAPTER = "lianfang.ground.orgs.outside.Outside"
SOCIALACCOUNT_PROVIDERS = OTHER_DOORS.providers
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
AXES_FAILURE_LIMIT = env.number("SIGN_IN_TRIES", 5, 3, 20)
AXES_COOLOFF_TIME = env.number("SIGN_IN_LOCK_MINUTES", 15, 1, 1440) / 60
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "lianfang.ground.orgs.signin.tried"
AXES_LOCKOUT_CALLABLE = "lianfang.ground.orgs.signin.locked_page"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # or anybody could lock anybody out for good
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True  # sign-ins stand in the trail
AXES_VERBOSE = False
PROXIES = env.number("PROXIES", 0, 0, 5)
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
AXES_CLIENT_IP_CALLABLE = "lianfang.ground.orgs.signin.address_of"
SESSION_ENGINE = "lianfang.ground.orgs.sessions"
SESSION_COOKIE_AGE = env.number("SESSION_HOURS", 12, 1, 12) * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
IDLE_MINUTES = env.number("IDLE_MINUTES", 240, 5, 480)
GUARDED_IDLE_MINUTES = env.number("GUARDED_IDLE_MINUTES", 30, 5, 30)

# Wires
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": ["'none'"],
        "base-uri": [SELF],
        "form-action": [SELF, *OTHER_DOORS.origins],
        "frame-ancestors": ["'none'"],
    }
}
# The proxy in front redirects to HTTPS and nothing else reaches the server (docs/operating.md).
# Locks go by name and address: nobody locks another out, no office is locked as a whole.
SILENCED_SYSTEM_CHECKS = ["security.W008", "axes.W006"]
if not HTTPS:  # a rehearsal or an installation on one machine; doctor says so
    SILENCED_SYSTEM_CHECKS += ["security.W004", "security.W012", "security.W016"]

# Words and time
LANGUAGE_CODE = env.text("LANGUAGE", "zh-hans")
LANGUAGE_COOKIE_AGE = 31_536_000
LANGUAGE_COOKIE_SAMESITE, LANGUAGE_COOKIE_SECURE = "Lax", HTTPS
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
USE_I18N = USE_TZ = True
TIME_ZONE = env.text("TIME_ZONE", "Asia/Shanghai")

# Files
STATIC_URL = "static/"
STATIC_ROOT = env.text("STATIC") or None
DIST = Path(__file__).parents[1] / "ground/web/static/web/dist"
DJANGO_VITE = {
    "default": {
        "dev_mode": False,
        "static_url_prefix": "web/dist",
        "manifest_path": DIST / "manifest.json",
    }
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
FILES = DATA / "files"
FILE_MEGABYTES = env.number("FILE_MEGABYTES", 20, 1, 200)
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_MEMORY_SIZE = 10_485_760
LEVELS = ("WARNING", "ERROR", "INFO", "DEBUG")
LOG_FORMAT = env.one_of("LOG_FORMAT", ("words", "json"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "words": {"()": "lianfang.config.logs.Words"},
        "json": {"()": "lianfang.config.logs.Json"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "loggers": {"psycopg.pool": {"level": "ERROR"}},  # what failed says so itself
    "root": {"handlers": ["stderr"], "level": env.one_of("LOG_LEVEL", LEVELS)},
}
