"""The product's settings for tests in this process: an instance folder made for the run and removed after."""

import atexit
import os
import shutil
import tempfile

_home = tempfile.mkdtemp(prefix="mingtang-tests-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["MINGTANG_HOME"] = _home
os.mkdir(f"{_home}/static")  # noqa: PTH102

from mingtang.config.settings import *  # noqa: E402, F403 - the folder must be named before the settings read it
from mingtang.config.settings import STORAGES  # noqa: E402

# Tests sign in by the thousand; that real hashing is slow is shown by the product's own settings, not here.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Hashed file names need a collected folder, which only a served instance has.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
