"""django-scim2 in a minimal project, a judge that refuses much: a database in memory for each tenant.

Served by one thread: a tenant's database is the default one while its request is answered.
"""

from wsgiref.util import shift_path_info

import django
from django.conf import settings


def application(token):
    """The project; the first part of a path names the tenant."""
    settings.configure(
        SECRET_KEY="local",
        ALLOWED_HOSTS=["127.0.0.1"],
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django_scim", "users"],
        AUTH_USER_MODEL="users.User",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        ROOT_URLCONF="urls",
        MIDDLEWARE=["users.login.Login"],
        USE_TZ=True,
        LOGGING_CONFIG=None,
        SCIM_TOKEN=token,
        SCIM_SERVICE_PROVIDER={
            "NETLOC": "127.0.0.1",
            "AUTHENTICATION_SCHEMES": [{"type": "oauthbearertoken", "name": "Bearer", "description": "a token"}],
            "GET_IS_AUTHENTICATED_PREDICATE": "users.login.is_known",
        },
    )
    django.setup()
    return _Tenants()


class _Tenants:
    """The project with another database for each tenant."""

    def __init__(self):
        from django.core.wsgi import get_wsgi_application

        self._project = get_wsgi_application()
        self._databases = {}

    def __call__(self, environ, start):
        from django.db import connections

        tenant = shift_path_info(environ)
        if tenant in self._databases:
            connections["default"] = self._databases[tenant]
        else:
            self._databases[tenant] = _new_database()
        return self._project(environ, start)


def _new_database():
    """An empty one with the project's tables, which is the default one from now on."""
    from django.core.management import call_command
    from django.db import connections

    database = connections["default"] = connections.create_connection("default")
    call_command("migrate", run_syncdb=True, verbosity=0)
    return database
