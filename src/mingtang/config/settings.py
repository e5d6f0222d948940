"""The one settings file: everything an installation may choose comes from the environment, with a safe default.

`docs/operations.md` lists each variable; `tests/test_docs.py` keeps that list true. There is no debug switch:
an error page never shows code, on any installation.
"""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONCE, NONE, SELF, UNSAFE_INLINE

from mingtang.config import instance

HOME = instance.home()
SECRET_KEY = instance.secret_key(HOME)
DEBUG = False

ALLOWED_HOSTS = os.environ.get("MINGTANG_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
#: The public address of the portal; feeds, canonical links and notices are built from it.
PUBLIC_URL = os.environ.get("MINGTANG_URL", "http://127.0.0.1:8000").rstrip("/")
HTTPS = PUBLIC_URL.startswith("https://")
#: The one address whose word about a visitor's address and scheme is believed; with HTTPS there is a proxy in front.
TRUSTED_PROXY = os.environ.get("MINGTANG_PROXY", "127.0.0.1" if HTTPS else "")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if HTTPS else []

INSTALLED_APPS = [
    "mingtang.trace",
    "mingtang.bodies",
    "mingtang.records",
    "mingtang.review",
    "mingtang.search",
    "mingtang.ledger",
    "mingtang.foi",
    "mingtang.reports",
    "mingtang.norms",
    "mingtang.portal",
    "mingtang.api",
    "mingtang.desk",
    "mingtang.signin",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "mingtang.config.headers.PowersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "mingtang.config.headers.PolicyMiddleware",
    "mingtang.portal.static_site.StaticSiteMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "mingtang.config.limits.SizeMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "mingtang.signin.middleware.SessionMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "mingtang.config.urls"
WSGI_APPLICATION = "mingtang.config.wsgi.application"

TEMPLATES = [
    {
        # Public pages: the portal's environment adds the few filters and parts that they share.
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "portal",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "mingtang.portal.rendering.environment"},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": "desk",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

_DATABASE = os.environ.get("DATABASE_URL") or f"sqlite:///{HOME / 'mingtang.sqlite3'}"
DATABASES: dict[str, dict[str, Any]] = {
    "default": {**dj_database_url.parse(_DATABASE, conn_max_age=60, conn_health_checks=True)}
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Write-ahead log so that readers never wait; immediate transactions so that a writer waits at the door
    # (up to `timeout` seconds) instead of failing half-way.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "zh-hans"
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = HOME / "media"
SITE_ROOT = HOME / "site"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

#: Years of working days that the office adds itself (see `law.added_years`).
CALENDAR_FOLDER = Path(os.environ["MINGTANG_CALENDAR"]) if os.environ.get("MINGTANG_CALENDAR") else None
#: For how many years what is personal in a closed request for information is kept.
REQUEST_YEARS = int(os.environ.get("MINGTANG_REQUEST_YEARS", "10"))

# --- search ----------------------------------------------------------------------------------------------------------
#: `local` keeps the index in the instance folder; `postgres` keeps it in the database, for several nodes.
SEARCH_ENGINE = os.environ.get("MINGTANG_SEARCH", "local")
SEARCH_ROOT = HOME / "index"

#: How often strangers asked and sent: one account for all processes of this node, kept beside the database.
LIMITS_FILE = HOME / "limits.sqlite3"

# --- setting type ----------------------------------------------------------------------------------------------------
#: Folders with typefaces of official documents, asked before the system's.
FONT_FOLDERS = [each for each in os.environ.get("MINGTANG_FONTS", "").split(os.pathsep) if each]

# --- who may come in -------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "bodies.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "mingtang.bodies.signin.PostBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "mingtang.signin.passwords.LengthValidator"},
    {"NAME": "mingtang.signin.passwords.OwnNameValidator"},
    {"NAME": "mingtang.signin.passwords.GuessableValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/desk/login/"
AXES_HANDLER = "mingtang.signin.lockout.Handler"
AXES_LOCKOUT_CALLABLE = "mingtang.signin.lockout.response"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # the handler adds a wider limit for the address alone
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the page says when the door opens: it then does
AXES_DISABLE_ACCESS_LOG = True  # entries and exits are events, sessions have their own list
AXES_VERBOSE = False
SESSION_ENGINE = "mingtang.signin.sessions"
SESSION_COOKIE_AGE = 30 * 60  # idle time-out in seconds
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# The prefix makes browsers refuse a cookie that another host or an insecure page would set in our name.
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_FAILURE_VIEW = "mingtang.config.errors.form_expired"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the desk previews pages in a frame of its own
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # HSTS for subdomains and
    "security.W021",  # preloading would decide about other sites of the government's domain, some without HTTPS
    "security.W019",  # frames: see X_FRAME_OPTIONS
]
_STRICT = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "media-src": [SELF],
    "connect-src": [SELF],
    "manifest-src": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
    "base-uri": [NONE],
}
CONTENT_SECURITY_POLICY = {"DIRECTIVES": _STRICT}
DESK_POLICY = _STRICT | {
    "script-src": [SELF, NONCE],
    "frame-src": [SELF],
    # Wagtail's text editor writes a style element of its own, different each time; style attributes stay forbidden.
    "style-src-elem": [SELF, UNSAFE_INLINE],
    "style-src-attr": [NONE],
}
#: What the server takes in one request, in bytes; forms set narrower limits for what they ask for.
REQUEST_MAX_BYTES = int(os.environ.get("MINGTANG_UPLOAD_MB", "100")) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# --- the desk --------------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "明堂"
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES = [("zh-hans", "简体中文")]
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False  # `signin` has its own page, which asks for the former password
WAGTAILDOCS_DOCUMENT_MODEL = "records.AttachedFile"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "mingtang.records.forms.AttachedFileForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "csv", "txt", "jpg", "png", "zip"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAIL_FINISH_WORKFLOW_ACTION = "mingtang.review.finish.leave_to_actions"
WAGTAIL_AUTOSAVE_INTERVAL = 5000  # milliseconds: drafts save themselves, each save leaves its trace
EMAIL_BACKEND = os.environ.get("MINGTANG_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("MINGTANG_LOG_LEVEL", "WARNING")},
}
