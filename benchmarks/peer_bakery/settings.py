"""Settings of the peer's site: Wagtail as it comes, its SQLite file and templates in the folder `PEER_HOME`."""

import os
from pathlib import Path

HOME = Path(os.environ["PEER_HOME"])
SECRET_KEY = "only for a benchmark"
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [
    "benchmarks.peer_bakery",
    "bakery",
    "wagtailbakery",
    "wagtail.users",
    "wagtail.admin",
    "wagtail.snippets",
    "wagtail.images",
    "wagtail.documents",
    "wagtail",
    "taggit",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HOME / "templates"],
        "APP_DIRS": True,
    }
]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": HOME / "peer.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "benchmarks.peer_bakery.urls"
USE_TZ = True
STATIC_URL = "/static/"
MEDIA_ROOT = HOME / "media"
WAGTAIL_SITE_NAME = "peer"
BUILD_DIR = str(HOME / "build")
BAKERY_VIEWS = ("wagtailbakery.views.AllPublishedPagesView",)
