"""scim2-server, a judge that takes nearly everything: a storage for each tenant, with or without PATCH."""

from scim2_models import ScimProvider
from scim2_server.applications.wsgi import TenantDispatcher
from scim2_server.memory import InMemoryStorage
from scim2_server.service import ScimService
from scim2_server.testserver.application import BEARER_TOKEN_SCHEME, BearerTokenApplication
from scim2_server.utils import (
    load_default_resource_types,
    load_default_schemas,
    load_default_service_provider_config,
)


def application(token, patch):
    """The server as its own command sets it up, for as many tenants as are asked for."""
    config = load_default_service_provider_config()
    config.patch.supported = patch
    config.authentication_schemes = [BEARER_TOKEN_SCHEME]
    provider = ScimProvider.from_discovery(
        load_default_schemas().values(), load_default_resource_types().values(), config=config
    )
    service = ScimService(provider, secret="cursors")

    def of_tenant(_tenant):
        return BearerTokenApplication(InMemoryStorage(), provider, service=service, bearer_tokens=[token])

    return TenantDispatcher(of_tenant)
