"""Django's settings, made from the table in env.py. Nothing here is decided at run time."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from grapevine.config import databases, env, logs, secret, wording

SOURCES = env.all_found(os.environ)
_is = {name: found.value for name, found in SOURCES.items()}
PACKAGE = Path(__file__).resolve().parent.parent
UI = PACKAGE / "kernel" / "ui"

# --- what the environment says -------------------------------------------------------------------
DEBUG = _is["GRAPEVINE_DEBUG"]
GRAPEVINE_DEMO = _is["GRAPEVINE_DEMO"]
GRAPEVINE_TICKER = GRAPEVINE_DEMO and _is["GRAPEVINE_TICKER"]
GRAPEVINE_BASE_URL = _is["GRAPEVINE_BASE_URL"]
GRAPEVINE_DATA_DIR = _is["GRAPEVINE_DATA_DIR"]
# in the demo one may move the clock
GRAPEVINE_CLOCK_FILE = _is["GRAPEVINE_CLOCK_FILE"] or (GRAPEVINE_DATA_DIR / "clock" if GRAPEVINE_DEMO else "")
GRAPEVINE_KEY_FILE = _is["GRAPEVINE_KEY_FILE"] or GRAPEVINE_DATA_DIR / "keys" / "vaults.key"
GRAPEVINE_STUN_URLS = _is["GRAPEVINE_STUN_URLS"]
GRAPEVINE_TURN_URLS = _is["GRAPEVINE_TURN_URLS"]
GRAPEVINE_TURN_SECRET = _is["GRAPEVINE_TURN_SECRET"]
SECRET_KEY = _is["GRAPEVINE_SECRET_KEY"] or secret.kept_in(GRAPEVINE_DATA_DIR / "secret.key")

# --- where it answers ----------------------------------------------------------------------------
_HERE = urlsplit(GRAPEVINE_BASE_URL)
_IS_SAFE = _HERE.scheme == "https"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", _HERE.hostname, *_is["GRAPEVINE_HOSTS"]]
CSRF_TRUSTED_ORIGINS = [GRAPEVINE_BASE_URL]
ROOT_URLCONF = "grapevine.config.urls"
ASGI_APPLICATION = "grapevine.config.asgi.application"
WSGI_APPLICATION = "grapevine.config.wsgi.application"

# --- slices --------------------------------------------------------------------------------------
SLICES = [
    "grapevine.kernel",
    "grapevine.people",
    "grapevine.vaults",
    "grapevine.skills",
    "grapevine.challenges",
    "grapevine.rooms",
    "grapevine.asks",
    "grapevine.circles",
    "grapevine.recognition",
    "grapevine.network",
    "grapevine.notifications",
    "grapevine.demo",
]
INSTALLED_APPS = [
    *SLICES,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "channels",
    # both "Simple" configurations leave the template loaders to us: their own rewrite each other's
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "grapevine.config.apps.WiringConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "grapevine.config.middleware.discreet_answers",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "grapevine.people.middleware.PersonMiddleware",
]

# --- pages ---------------------------------------------------------------------------------------
_LOADERS = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
_CACHED = [("django.template.loaders.cached.Loader", _LOADERS)]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [UI / "templates"],
        "OPTIONS": {
            "loaders": [("template_partials.loader.Loader", _LOADERS if DEBUG else _CACHED)],
            "builtins": ["django_cotton.templatetags.cotton", "template_partials.templatetags.partials"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "grapevine.kernel.ui.context.frame",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
STATIC_URL = "/static/"
STATIC_ROOT = GRAPEVINE_DATA_DIR / "static"
STATICFILES_DIRS = [UI / "static"]
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "grapevine.config.statics.StaticFiles"},
}

# --- words and time ------------------------------------------------------------------------------
LANGUAGES = [("en", _("English")), ("de", _("German"))]
FORM_WORDS = wording.FORM_WORDS
LANGUAGE_CODE = _is["GRAPEVINE_LANGUAGE"]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = _is["GRAPEVINE_TIME_ZONE"]
USE_I18N = True
USE_TZ = True

# --- rows and jobs -------------------------------------------------------------------------------
DATABASES = {"default": databases.settings_for(_is["DATABASE_URL"], GRAPEVINE_DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
if _is["GRAPEVINE_REDIS_URL"]:
    CACHES = {"default": {"BACKEND": "grapevine.config.caches.ForgivingRedis", "LOCATION": _is["GRAPEVINE_REDIS_URL"]}}
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.core.RedisChannelLayer",
            "CONFIG": {"hosts": [_is["GRAPEVINE_REDIS_URL"]]},
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}

# --- who somebody is -----------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["grapevine.people.backends.KeyBackend"]
LOGIN_URL = "demo-door" if GRAPEVINE_DEMO else "account_login"  # in the demo one comes in by choosing a face
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "grapevine.people.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "grapevine.people.accounts.name_of"
ACCOUNT_LOGIN_METHODS = {"email"}
# no "password1": the door asks for the address alone and sends a code
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION = "none"  # the code proves the address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _HERE.scheme
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
MFA_SUPPORTED_TYPES = ["webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _IS_SAFE
USERSESSIONS_TRACK_ACTIVITY = False  # when and where somebody signed in is enough; when they read is nobody's business
SESSION_COOKIE_NAME = "grapevine"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _IS_SAFE
LANGUAGE_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _IS_SAFE else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# --- mail ----------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _is["GRAPEVINE_MAIL_FROM"]
EMAIL_TIMEOUT = 10
if _is["GRAPEVINE_MAIL_URL"]:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS, EMAIL_USE_SSL = env.mail_server(
        _is["GRAPEVINE_MAIL_URL"]
    )
elif GRAPEVINE_DEMO:
    EMAIL_BACKEND = "grapevine.demo.mailroom.MailRoomBackend"
else:
    EMAIL_BACKEND = f"django.core.mail.backends.{'console' if DEBUG else 'dummy'}.EmailBackend"

# --- logs ----------------------------------------------------------------------------------------
LOGGING = logs.settings_for(is_debug=DEBUG, is_demo=GRAPEVINE_DEMO)
