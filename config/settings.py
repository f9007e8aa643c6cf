"""The one settings file: everything an installation may change comes from the environment."""

import os
from pathlib import Path
from zoneinfo import ZoneInfo

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.environment import BASE_DIR, VAR_DIR, Environment, read_secrets

env = Environment(os.environ, read_secrets())

DEBUG = env.switch("DEBUG")
# Empty keys are refused by config/checks.py, with words, at every start.
SECRET_KEY = env.text("SECRET_KEY")
FIELD_KEYS = env.words("FIELD_KEYS")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
# Addresses of proxies whose X-Forwarded-For is believed.
TRUSTED_PROXIES = env.addresses("TRUSTED_PROXIES")
# Read by the Makefile; a word in its place is said before the server starts.
PORT = env.number("PORT", 8000)
BEHIND_TLS = any(origin.startswith("https://") for origin in CSRF_TRUSTED_ORIGINS)

INSTALLED_APPS = [
    "config.apps.OfficeAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    # Before the libraries: of two catalogues with the same message, the earlier one is read.
    "branches",
    "members",
    "activities",
    "fund",
    "honours",
    "simple_history",
    "axes",
    "csp",
    "crispy_forms",
    # Last: its admin takes the place of Django's own for users.
    "config.apps.ConfigApp",
]

MIDDLEWARE = [
    # First: a page that is kept goes out with the headers all the others gave it when it was fresh.
    "config.site.page_cache.page_cache",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.healthz",
    "config.site.display.varies_by_size",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "config.site.daily.begins_the_day",
    "config.site.errors.says_not_allowed",
    "config.site.errors.refuses_large_bodies",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["config.kit.ui", "config.kit.ui_admin"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.site.context.site",
            ],
        },
    },
]

# Widgets are rendered from our templates too, where Django's own are not valid HTML.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# A file beside the code serves a street with nothing to install; DATABASE_URL moves it to PostgreSQL.
DATABASES = {"default": env.database(f"sqlite:///{VAR_DIR / 'yure.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    # A statement is planned anew each time where its values are written into it, and from the sixth time on only once a
    # connection where they are sent beside it.
    DATABASES["default"].setdefault("OPTIONS", {}).update(server_side_binding=True, prepare_threshold=5)

_cache_url = env.cache()
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": _cache_url}
        if _cache_url
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "config.site.accounts.DemoAwareBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
# The limits themselves, and what is kept how long: config/site/sign_in.py
AXES_HANDLER = "config.site.sign_in.SignInGuard"
AXES_LOCKOUT_CALLABLE = "config.site.sign_in.locked_out"
AXES_CLIENT_IP_CALLABLE = "config.kit.rate_limit.client_address"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.text("TIME_ZONE", "Asia/Shanghai")
try:
    ZoneInfo(TIME_ZONE)
except (KeyError, ValueError, OSError):
    env.problems.append(f"TIME_ZONE is {TIME_ZONE!r}. Write a name such as Asia/Shanghai.")
    TIME_ZONE = "Asia/Shanghai"
FORMAT_MODULE_PATH = "config.formats"

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "media/"
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(VAR_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static_files.StaticFiles"},
}

# Past versions are looked at; config/kit/admin/history.py refuses to put one back.
SIMPLE_HISTORY_REVERT_DISABLED = True

CRISPY_TEMPLATE_PACK = "forms"
CRISPY_ALLOWED_TEMPLATE_PACKS = "forms"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        **{
            name: [SELF]
            for name in ("script-src", "style-src", "img-src", "font-src", "connect-src", "form-action", "manifest-src")
        },
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS and TRUSTED_PROXIES else None
CSRF_FAILURE_VIEW = "config.site.errors.csrf_failure"
# Office workbooks; the readers count again, unpacked, before any parser sees the file.
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_PERMISSIONS = 0o640

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A page that is refused or not there is no fault of the program, and no trace of it helps anybody.
    "loggers": {"django.request": {"level": "ERROR"}},
}

# Said in words by config/checks.py.
ENVIRONMENT_PROBLEMS = env.problems
