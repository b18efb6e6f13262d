"""All settings. Safe by default: what is not set is production; PANOH_DEMO=1 is the loud exception.

Every variable read here is described in docs/deployment.md.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from panoh.web.environment import (
    LOCAL_HOSTS,
    database,
    env_bool,
    env_choice,
    env_list,
    env_minutes,
    env_numbers,
    env_secret,
    hosts_of_a_demonstration,
    openid_provider,
    providers_of,
    secret_in,
)
from panoh.web.home import home

PACKAGE = Path(__file__).resolve().parent
HOME = home()

DEMO = env_bool("PANOH_DEMO", default=False)
DEBUG = False
# A regional instance holds the plan and the exchange, and nobody who is helped.
PANOH_REGION = env_bool("PANOH_REGION", default=False)
SECRET_KEY = env_secret("PANOH_SECRET_KEY", HOME / "secret-key")
PANOH_KEYRING_FILE = Path(os.environ.get("PANOH_KEYRING_FILE") or HOME / "keyring.json")
PANOH_FORGOTTEN_FILE = Path(os.environ.get("PANOH_FORGOTTEN_FILE") or HOME / "forgotten")
PANOH_AUDIT_FILE = Path(os.environ.get("PANOH_AUDIT_FILE") or HOME / "audit-checkpoints")
PANOH_AUDIT_KEY_FILE = Path(os.environ.get("PANOH_AUDIT_KEY_FILE") or HOME / "audit-key")
PANOH_AGE_KEY_FILE = Path(os.environ.get("PANOH_AGE_KEY_FILE") or HOME / "age-key")
# How many people, or lists and papers of families, the vault opens in a day: for one person, one agency, all together.
PANOH_VAULT_BUDGETS = {
    "open": env_numbers("PANOH_VAULT_OPENS", (1_000, 5_000, 20_000)),
    "link": env_numbers("PANOH_VAULT_LINKS", (5_000, 10_000, 20_000)),
    "search": env_numbers("PANOH_VAULT_SEARCHES", (5_000, 20_000, 50_000)),
}
PANOH_KMS = env_choice("PANOH_KMS", {"vault-transit"})
PANOH_KMS_TRANSIT: dict[str, Any] = {
    "address": os.environ.get("PANOH_KMS_ADDRESS", ""),
    "key": os.environ.get("PANOH_KMS_KEY") or "panoh",
    "mount": os.environ.get("PANOH_KMS_MOUNT") or "transit",
    "token_file": Path(os.environ.get("PANOH_KMS_TOKEN_FILE") or HOME / "key-service-token"),
}

# A demonstration and a server behind no proxy answer on this machine only; production names its hosts.
PLAIN_HTTP = DEMO or env_bool("PANOH_PLAIN_HTTP", default=False)
HOSTS = hosts_of_a_demonstration(env_list("PANOH_HOSTS")) if DEMO else env_list("PANOH_HOSTS")
ALLOWED_HOSTS = HOSTS or (LOCAL_HOSTS if PLAIN_HTTP else [])
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in env_list("PANOH_HOSTS")]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "procrastinate.contrib.django",
    "panoh.access",
    "panoh.vault",
    "panoh.casework",
    "panoh.plan",
    "panoh.exchange",
    "panoh.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "panoh.web.middleware.harden",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "panoh.web.middleware.name_the_actor",
    "panoh.web.middleware.do_once",
]
PROCRASTINATE_IMPORT_PATHS = [
    "panoh.access.jobs",
    "panoh.exchange.jobs",
    "panoh.exchange.jobs_reports",
    *([] if PANOH_REGION else ["panoh.vault.jobs", "panoh.casework.jobs", "panoh.casework.jobs_work"]),
]
ROOT_URLCONF = "panoh.web.urls"
WSGI_APPLICATION = "panoh.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["panoh.web.templatetags.panoh"],
        },
    }
]

# --- database: two roles; the owner migrates, the application owns nothing ---------------------------------------

DB_ROLE = os.environ.get("PANOH_DB_ROLE", "app")


def _database() -> dict[str, Any]:
    if os.environ.get("DATABASE_URL"):
        return database("DATABASE_OWNER_URL" if DB_ROLE == "owner" else "DATABASE_URL")
    from panoh.web.embedded import parameters  # noqa: PLC0415  # a production install has no embedded database

    given = parameters(HOME, DB_ROLE)
    return {
        "NAME": os.environ.get("PANOH_DB_NAME") or given["dbname"],
        "USER": given["user"],
        "PASSWORD": given["password"],
        "HOST": given["host"],
        "PORT": str(given["port"]),
        "OPTIONS": {},
    }


PANOH_APP_ROLE = database("DATABASE_URL")["USER"] if os.environ.get("DATABASE_URL") else "panoh_app"
DATABASES = {"default": {"ENGINE": "panoh.access.database", "ATOMIC_REQUESTS": False, **_database()}}
if DB_ROLE == "app" and env_bool("PANOH_DB_POOL", default=True):
    # A connection that died with the database is noticed before it is used, so that the next try succeeds.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}

CACHES = {"default": {"BACKEND": "panoh.web.throttle.JsonTable", "LOCATION": "access_cache"}}

# --- sign-in -----------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "access.Staff"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "plans" if PANOH_REGION else "today"
ACCOUNT_ADAPTER = "panoh.web.sign_in.SignIn"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
    "recover": "10/m/ip",
    "slip": "20/m/ip",
    "ask": "10/m/ip,60/d/ip",
    "calendar": "300/h/ip",  # every program of an office behind one address, each hour
}
# Nobody in front of us in a demonstration; in production the last proxy names the client.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("PANOH_TRUSTED_PROXIES", "0" if PLAIN_HTTP else "1"))
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "panoh.access.passwords.LongEnough"},
    {"NAME": "panoh.access.passwords.NotEasilyGuessed"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # of accounts from before, until their next sign-in
]
# Whoever opens names shows a second factor; a demonstration, which holds nobody, may leave it out.
PANOH_SECOND_FACTOR = not DEMO or env_bool("PANOH_DEMO_SECOND_FACTOR", default=False)
PANOH_LOCK = env_minutes("PANOH_LOCK_MINUTES", default=10)
PANOH_IDLE = max(PANOH_LOCK, env_minutes("PANOH_IDLE_MINUTES", default=30))
MFA_ADAPTER = "panoh.web.second_factor.Factors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RECOVERY_CODE_DIGITS = 12
MFA_FORMS = {
    "authenticate": "panoh.web.second_factor.CodeForm",
    "authenticate_webauthn": "panoh.web.second_factor.KeyForm",
    "reauthenticate": "panoh.web.second_factor.CodeAgainForm",
    "reauthenticate_webauthn": "panoh.web.second_factor.KeyAgainForm",
}
SOCIALACCOUNT_ADAPTER = "panoh.web.government.Government"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form that is sent on to another site is refused by our own policy (form-action)
PANOH_TRANSLATOR = os.environ.get("PANOH_TRANSLATOR", "")  # module:function on this machine; none: by hand
PANOH_OIDC = openid_provider()
SOCIALACCOUNT_PROVIDERS = providers_of(PANOH_OIDC)
# Mail says kinds, codes and counts; without a server none is sent.
EMAIL_HOST = os.environ.get("PANOH_MAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
EMAIL_PORT = int(os.environ.get("PANOH_MAIL_PORT") or 587)
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = not EMAIL_USE_SSL and env_bool("PANOH_MAIL_TLS", default=True)
EMAIL_HOST_USER = os.environ.get("PANOH_MAIL_USER", "")
EMAIL_HOST_PASSWORD = secret_in(os.environ.get("PANOH_MAIL_PASSWORD_FILE", ""))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("PANOH_MAIL_FROM") or "panoh@localhost"

# --- security ----------------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = not PLAIN_HTTP
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not PLAIN_HTTP
SECURE_HSTS_PRELOAD = not PLAIN_HTTP
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env_bool("PANOH_BEHIND_PROXY", default=False) else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not PLAIN_HTTP
SESSION_COOKIE_NAME = "panoh_session" if PLAIN_HTTP else "__Host-panoh_session"
CSRF_COOKIE_NAME = "panoh_csrf" if PLAIN_HTTP else "__Host-panoh_csrf"
SESSION_ENGINE = "panoh.access.session_store"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of their own
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "panoh.web.errors.expired_form"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_HANDLERS = ["panoh.web.uploads.StopAtLimit"]
FILE_UPLOAD_MAX_BYTES = 20 * 1024 * 1024

# --- language, time, files ---------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["panoh.web.formats"]
TIME_ZONE = os.environ.get("PANOH_TIME_ZONE") or "Asia/Tashkent"
DATABASES["default"]["TIME_ZONE"] = TIME_ZONE  # a day ends for the database when it ends for us
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 31_536_000
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Codes and reasons reach the log; names, forms and parameters never do.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s", "datefmt": "%Y-%m-%dT%H:%M:%S%z"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"panoh": {"level": "INFO"}, "django.db.backends": {"level": "ERROR"}},
}
DEFAULT_EXCEPTION_REPORTER_FILTER = "panoh.web.errors.CodesOnly"
SILENCED_SYSTEM_CHECKS: list[str] = []
