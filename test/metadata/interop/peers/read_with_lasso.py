"""What Lasso, which mod_auth_mellon and LemonLDAP use, reads in metadata."""
import json
import sys

import lasso

role, path = sys.argv[1:]
roles = {"sp": lasso.PROVIDER_ROLE_SP, "idp": lasso.PROVIDER_ROLE_IDP}
server = lasso.Server()
server.addProviderFromBuffer(roles[role], open(path).read())
provider = list(server.providers.values())[0]
if role == "sp":
    location = provider.getAssertionConsumerServiceUrl(None)
else:
    location = provider.getMetadataOne("SingleSignOnService HTTP-Redirect")
print(json.dumps({"entityId": provider.providerId, "location": location}))
