"""Every setting of the portal; each may be set from the environment, each has a default for development."""

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from portal.addresses import database, files, mail
from portal.secret import kept_in

PORTAL = Path(__file__).resolve().parent
ROOT = PORTAL.parents[1]


def switch(name: str) -> bool:
    """Say whether the environment turns ``name`` on."""
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    """Read a list separated by commas or spaces from the environment."""
    return os.environ.get(name, default).replace(",", " ").split()


def number(name: str, default: int) -> int:
    """Read a whole number from the environment, not below zero."""
    given = os.environ.get(name, "").strip()
    if not given:
        return default
    if not given.isdecimal():
        raise ImproperlyConfigured(f"{name}: {given} is not a whole number.")
    return int(given)


# --- Where it runs -------------------------------------------------------------------------------

PRODUCTION = switch("TAULIAH_PRODUCTION")
DEBUG = switch("TAULIAH_DEBUG") and not PRODUCTION
DEMONSTRATION = switch("TAULIAH_DEMONSTRATION") and not PRODUCTION
"""Whether a banner says that people and results are invented, and offers their logins."""
VAR = Path(os.environ.get("TAULIAH_VAR") or ROOT / "var")
VAR.mkdir(parents=True, exist_ok=True)


def secret_key() -> str:
    """Read the key that signs; production must name one, development keeps its own in ``var/``."""
    given = os.environ.get("TAULIAH_SECRET_KEY", "").strip()
    if given:
        return given
    if PRODUCTION:
        raise ImproperlyConfigured(
            "TAULIAH_SECRET_KEY is missing: with TAULIAH_PRODUCTION set, give the portal a long random key."
        )
    return kept_in(VAR / "secret_key")


SECRET_KEY = secret_key()
SECRET_KEY_FALLBACKS = words("TAULIAH_SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = words("TAULIAH_HOSTS", "" if PRODUCTION else "localhost 127.0.0.1 [::1]")
CSRF_TRUSTED_ORIGINS = words("TAULIAH_ORIGINS")
WSGI_APPLICATION = "portal.wsgi.application"
ROOT_URLCONF = "portal.urls"

# --- What it is made of --------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "portal.people",
    "portal.administration",
    "allauth",
    "allauth.account",
    "allauth.idp.oidc",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "allauth.usersessions",
    "portal.mail",
    "portal.work",
    "django_tasks",
    "django_tasks_db",
    "portal.cases",
    "portal.exports",
    "portal.institutions",
    "portal.accounts",
    "portal.catalogue",
    "portal.imports",
    "portal.records",
    "portal.notices",
    "portal.matching",
    "portal.payments",
    "portal.applications",
    "portal.credentials",
    "portal.processes",
    "portal.approvals",
    "portal.proposals",
    "portal.offerings",
    "portal.lti",
    "portal.monitoring",
    "portal.stacking",
    "portal.desk",
    "portal.policies",
    "portal.transfer",
    "portal.courses",
    "portal.pathways",
    "portal.fees",
    "portal.api",
    "portal.exchange",
    "portal.demonstration",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "portal.characters.WithoutNulMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.accounts.acting.ActingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.people.second_factor.SecondFactorMiddleware",
    "portal.people.origins.SignOnOriginsMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

# --- Logging in ----------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "people:arrival"
SECOND_FACTOR_FOR_STAFF = PRODUCTION and not switch("TAULIAH_SECOND_FACTOR_OPTIONAL")
"""Whether staff must set up a passkey or an authenticator app before they work."""
ACCOUNT_ADAPTER = "portal.people.entrance.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "portal.people.joining.JoiningForm"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if switch("TAULIAH_BEHIND_PROXY") else 0
MFA_ADAPTER = "portal.people.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_FORMS = {
    "add_webauthn": "portal.people.passkeys.NewPasskeyForm",
    "edit_webauthn": "portal.people.passkeys.PasskeyNameForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Tauliah"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
SOCIALACCOUNT_ADAPTER = "portal.people.single_sign_on.SignOnAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR / "cache",
    }
}
"""Shared by the processes of a machine: the limits on failed logins are counted in it."""

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PORTAL / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.appearance.appearance",
                "portal.demonstration.banner.demonstration",
                "portal.accounts.navigation.navigation",
                "portal.notices.bell.bell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_htmx.templatetags.django_htmx",
                "portal.icons",
                "portal.wording",
            ],
        },
    }
]

DATABASES = {
    "default": database(
        "TAULIAH_DATABASE",
        os.environ.get("TAULIAH_DATABASE") or VAR / "tauliah.sqlite3",
        pool=number("TAULIAH_DATABASE_POOL", 0),
    )
}

# --- Background work -----------------------------------------------------------------------------

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
TAULIAH_WORKER_LOST_AFTER = number("TAULIAH_WORKER_LOST_AFTER", 30) or 1
"""Seconds without a word after which a worker is taken to be dead."""
TAULIAH_TASKS_KEPT_DAYS = number("TAULIAH_TASKS_KEPT_DAYS", 14)
"""Days for which a task that was done is kept."""

# --- Policies ------------------------------------------------------------------------------------

TAULIAH_PACKS: Path | None = Path(os.environ["TAULIAH_PACKS"]) if os.environ.get("TAULIAH_PACKS") else None
"""A folder with further policy packs, beside those installed with the core."""

# --- Letters and money ---------------------------------------------------------------------------

TAULIAH_ADDRESS = os.environ.get("TAULIAH_ADDRESS", "").strip().rstrip("/") or "http://127.0.0.1:8000"
"""Where people find the portal, for the links in emails."""
TAULIAH_PAYMENT_GATEWAY = os.environ.get(
    "TAULIAH_PAYMENT_GATEWAY", "" if PRODUCTION else "portal.payments.sandbox.SandboxGateway"
).strip()
"""The class that speaks with the bank; none: money is taken at the counter alone."""
TAULIAH_PAYMENT_KEY = os.environ.get("TAULIAH_PAYMENT_KEY", "").strip() or SECRET_KEY
"""The key under which the gateway signs what it reports."""

# --- Credentials ---------------------------------------------------------------------------------

TAULIAH_KEYS = Path(os.environ.get("TAULIAH_KEYS") or VAR / "keys")
"""The folder of the institutions' keys."""
TAULIAH_VERIFICATIONS_PER_MINUTE = number("TAULIAH_VERIFICATIONS_PER_MINUTE", 30)
"""Files and short codes that one address may have verified in a minute; credentials opened: ten times."""

# --- Other software ------------------------------------------------------------------------------

TAULIAH_EXCHANGES_PER_MINUTE = number("TAULIAH_EXCHANGES_PER_MINUTE", 300)
"""Requests that one address may make in a minute to the VC-API, to wallets' issuers and the badges' API."""
IDP_OIDC_ADAPTER = "portal.exchange.badges.authority.Authority"
IDP_OIDC_DCR_ENABLED, IDP_OIDC_DCR_REQUIRES_INITIAL_ACCESS_TOKEN = True, False
IDP_OIDC_REFRESH_TOKEN_EXPIRES_IN = 90 * 24 * 3600

TAULIAH_LTI_INSIDE_HOSTS = words("TAULIAH_LTI_INSIDE_HOSTS", "" if PRODUCTION else "127.0.0.1 localhost")
"""Hosts of LMSs and tools that may lie in the university's own network, and may be asked without TLS."""

# --- Language and time ---------------------------------------------------------------------------

LANGUAGE_CODE = "ms"
LANGUAGES = [("ms", "Bahasa Melayu"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LOCALE_PATHS = [PORTAL / "locale", PORTAL / "people" / "library_words"]
USE_I18N = True
USE_TZ = True
TAULIAH_API_MOST_BYTES = int(os.environ.get("TAULIAH_API_MOST_BYTES") or 10_000_000)
TAULIAH_API_MOST_CASES = int(os.environ.get("TAULIAH_API_MOST_CASES") or 1_000)
TIME_ZONE = os.environ.get("TAULIAH_TIME_ZONE", "Asia/Kuala_Lumpur")

# --- Static files --------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("TAULIAH_STATIC") or ROOT / "staticfiles")
STATICFILES_DIRS = [PORTAL / "static"]
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = not PRODUCTION
STORAGES = {
    "default": files("TAULIAH_FILES", os.environ.get("TAULIAH_FILES") or VAR / "files"),
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# --- Mail ----------------------------------------------------------------------------------------

MAIL = mail("TAULIAH_MAIL", os.environ.get("TAULIAH_MAIL") or VAR / "mail")
EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = MAIL.backend, MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.tls, MAIL.ssl
EMAIL_TIMEOUT = 20
EMAIL_SUBJECT_PREFIX = ""
DEFAULT_FROM_EMAIL = SERVER_EMAIL = (
    os.environ.get("TAULIAH_MAIL_FROM", "").strip() or "Tauliah <tauliah@localhost>"
)
TAULIAH_MAIL_FOLDER = MAIL.folder
"""Where mail is put instead of sent, or none; outside production the page ``/mail/`` shows it."""

# --- Safety --------------------------------------------------------------------------------------

TAULIAH_VIDEO_HOSTS = words("TAULIAH_VIDEO_HOSTS", "www.youtube-nocookie.com player.vimeo.com")
"""Where videos of courses may be streamed from within a page."""
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF, *words("TAULIAH_FORM_TARGETS")],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
CSRF_FAILURE_VIEW = "portal.errors.stale_form"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
LANGUAGE_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SESSION_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_NAME = "session"
SESSION_COOKIE_AGE = number("TAULIAH_SESSION_HOURS", 12) * 3600
SESSION_COOKIE_HTTPONLY, SESSION_COOKIE_SAMESITE = True, "Lax"
SECURE_SSL_REDIRECT = PRODUCTION and not switch("TAULIAH_PLAIN_HTTP")
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SILENCED_SYSTEM_CHECKS = ["security.W021"]
"""To be in the browsers' lists of HTTPS sites is the university's choice, for all of its domain."""
TAULIAH_BEHIND_PROXY = switch("TAULIAH_BEHIND_PROXY")
if TAULIAH_BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "portal.lockout.person_named"
AXES_CLIENT_IP_CALLABLE = "portal.lockout.address_of"
AXES_LOCKOUT_CALLABLE = "portal.lockout.locked_out"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = AXES_VERBOSE = False

TAULIAH_EVIDENCE_MOST_BYTES = number("TAULIAH_EVIDENCE_MOST_BYTES", 20_000_000)
"""The largest file that may be uploaded, in bytes."""
TAULIAH_EVIDENCE_MOST_FILES = number("TAULIAH_EVIDENCE_MOST_FILES", 40)
"""How many files one application may use."""
TAULIAH_MATERIAL_MOST_BYTES = number("TAULIAH_MATERIAL_MOST_BYTES", 150_000_000)
"""The largest file that a piece of learning material may be, in bytes."""
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 8_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_HANDLERS = [
    "portal.uploads.MostBytes",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"axes": {"level": "WARNING"}},
    "root": {
        "handlers": ["console"],
        "level": os.environ.get("TAULIAH_LOG_LEVEL", "INFO"),
    },
}
