"""Settings for tests: the same as in life, with a data directory that is thrown away and nothing that leaves."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_data = tempfile.mkdtemp(prefix="grapevine-tests-")
atexit.register(shutil.rmtree, _data, ignore_errors=True)
for _name in [name for name in os.environ if name.startswith("GRAPEVINE_")]:
    del os.environ[_name]
os.environ |= {
    "GRAPEVINE_DATA_DIR": _data,
    "GRAPEVINE_SECRET_KEY": "only for tests, and long enough for one",
    "GRAPEVINE_DEMO": "1",
    "GRAPEVINE_TICKER": "0",
    "GRAPEVINE_TIME_ZONE": "Europe/Berlin",
}

from grapevine.config.settings import *  # noqa: E402, F403
from grapevine.config.settings import DATABASES, LOGGING, STORAGES  # noqa: E402

Path(_data, "static").mkdir()  # whitenoise looks for it
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LOGGING["root"]["handlers"] = []  # pytest shows what was logged where a test fails
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # tests may lose what they wrote when the machine stops
    DATABASES["default"]["OPTIONS"]["init_command"] += "; PRAGMA synchronous=OFF"
LOGIN_URL = "account_login"  # as for real people
