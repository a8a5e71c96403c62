"""Django settings. Everything that differs between installations is read from the environment (env.py)."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import pgtrigger
from django.utils.translation import gettext_lazy as _

from atvsld.platform import database
from atvsld.project import env

env.refuse_unknown()

PACKAGE = Path(__file__).resolve().parents[1]
HOME = Path(env.text("ATVSLD_HOME", "var")).resolve()
DEMO = env.flag("ATVSLD_DEMO")
DEBUG = env.flag("ATVSLD_DEBUG")


def _development_secret() -> str:
    """A secret of this data folder alone, so that no two demo installations share one."""
    path = HOME / "secret.key"
    if not path.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="utf-8")
    return path.read_text(encoding="utf-8")


SECRET_KEY = env.text("ATVSLD_SECRET_KEY") or _development_secret()
# Read by `atvsld check` and `atvsld serve`: a real installation states its own secret.
SECRET_IS_DEVELOPMENT = not env.text("ATVSLD_SECRET_KEY")
ALLOWED_HOSTS = [
    host for host in env.text("ATVSLD_HOSTS", "*" if DEMO else "localhost,127.0.0.1,[::1]").split(",") if host
]
ORIGIN = env.text("ATVSLD_ORIGIN")
CSRF_TRUSTED_ORIGINS = [ORIGIN] if ORIGIN else []

INSTALLED_APPS = [
    "atvsld.platform.accounts",
    "atvsld.platform.access",
    "atvsld.platform.history",
    "atvsld.platform.jobs",
    "atvsld.platform.imports",
    "atvsld.platform.files",
    "atvsld.platform.outbox",
    "atvsld.platform.papers",
    "atvsld.platform.ui",
    "atvsld.registers.places",
    "atvsld.registers.bodies",
    "atvsld.registers.codes",
    "atvsld.registers.establishments",
    "atvsld.registers.providers",
    "atvsld.registers.workers",
    "atvsld.registers.offices",
    "atvsld.registers.duties",
    "atvsld.registers.ledgers",
    "atvsld.casework.accidents",
    "atvsld.casework.accidents.procedure",
    "atvsld.casework.accidents.investigation",
    "atvsld.casework.accidents.declarations",
    "atvsld.casework.accidents.benefits",
    "atvsld.casework.accidents.papers",
    "atvsld.casework.accidents.views",
    "atvsld.casework.incidents",
    "atvsld.casework.outreach",
    "atvsld.casework.campaigns",
    "atvsld.casework.dialogues",
    "atvsld.casework.merits",
    "atvsld.casework.proposals",
    "atvsld.casework.capacity",
    "atvsld.casework.procedures",
    "atvsld.oversight.reporting",
    "atvsld.oversight.composing",
    "atvsld.oversight.filing",
    "atvsld.oversight.obligations",
    "atvsld.oversight.consolidation",
    "atvsld.oversight.indicators",
    "atvsld.oversight.snapshots",
    "atvsld.oversight.publication",
    "atvsld.oversight.programme",
    "atvsld.oversight.workplans",
    "atvsld.oversight.budget",
    "atvsld.oversight.yearly",
    "atvsld.portals.staff",
    "atvsld.portals.leader",
    "atvsld.portals.commune",
    "atvsld.portals.api",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "django_filters",
    "django_tables2",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "ninja",
    "oauth2_provider",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "atvsld.platform.ui.middleware.ContentSecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "atvsld.registers.offices.middleware.ActorMiddleware",
    "atvsld.platform.ui.middleware.ErrorMiddleware",
]

ROOT_URLCONF = "atvsld.project.urls"
WSGI_APPLICATION = "atvsld.project.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "atvsld.platform.ui.context.shell",
                "atvsld.platform.outbox.context.inbox",
                "atvsld.portals.staff.shell.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "atvsld.platform.ui.templatetags.ui",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": database.connection_settings(HOME, env.text("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# History: statement-level triggers, so that bulk writes are recorded at bulk speed.
PGHISTORY_LEVEL = pgtrigger.Statement
PGHISTORY_APPEND_ONLY = True
PGHISTORY_INSTALL_CONTEXT_FUNC_ON_MIGRATE = True
# Triggers follow from the models: they are put in place after every migration instead of being repeated in each.
PGTRIGGER_MIGRATIONS = False
PGTRIGGER_INSTALL_ON_MIGRATE = True

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_FORMS = {"login": "atvsld.platform.accounts.forms.SignInForm"}
ACCOUNT_ADAPTER = "atvsld.platform.accounts.adapter.ClosedSignup"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
# Where the sign-in page of the demo province finds its sample accounts.
DEMO_LOGINS = "atvsld.project.demo.logins"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

OAUTH2_PROVIDER = {
    "SCOPES": {"read": "Đọc dữ liệu được phép", "write": "Gửi và sửa dữ liệu được phép"},
    "DEFAULT_SCOPES": ["read", "write"],
    "ACCESS_TOKEN_EXPIRE_SECONDS": 3600,
}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("Tiếng Anh"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
# Grouping is asked for with the filter `number`: years, codes and keys must never get dots.
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["atvsld.platform.ui.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HOME / "files"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 31536000
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
# A statutory form sent whole by a browser without script has over a thousand fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# Largest file an import accepts; read by the upload page and the API.
IMPORT_MAX_BYTES = 120 * 1024 * 1024
# Jobs act with the rights their person holds at that moment: (user, day) → Actor.
ACTOR_FOR = "atvsld.registers.offices.grants.actor_for"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# E-mail is sent only where a server is named; without one, messages stay in the inbox.
EMAIL_HOST = env.text("ATVSLD_EMAIL_HOST")
EMAIL_PORT = env.number("ATVSLD_EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("ATVSLD_EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text("ATVSLD_EMAIL_PASSWORD")
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = not EMAIL_USE_SSL and env.flag("ATVSLD_EMAIL_TLS", default=True)
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = env.text("ATVSLD_EMAIL_FROM") or EMAIL_HOST_USER or "atvsld@localhost"
OUTBOX_SENDS_EMAIL = bool(EMAIL_HOST)

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "atvsld.platform.ui.errors.csrf_failure"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
if env.flag("ATVSLD_BEHIND_TLS"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31536000

DJANGO_TABLES2_TEMPLATE = "ui/table.html"
DJANGO_TABLES2_TABLE_ATTRS = {"class": "table table-vcenter table-hover card-table"}
FILTERS_EMPTY_CHOICE_LABEL = _("Tất cả")
NINJA_PAGINATION_MAX_LIMIT = 1000
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
