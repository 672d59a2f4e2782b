"""Loads the metadata of service providers with pysaml2 and prints what it read, as JSON."""
import json
import sys

from saml2.attribute_converter import ac_factory
from saml2.config import SPConfig
from saml2.mdstore import MetaDataFile
from saml2.sigver import security_context

config = SPConfig()
config.load({
    "entityid": "urn:example:reader",
    "xmlsec_binary": "/usr/bin/xmlsec1",
    "service": {"sp": {"endpoints": {"assertion_consumer_service": ["http://localhost/acs"]}}},
})
metadata = MetaDataFile(ac_factory(), sys.argv[1], security=security_context(config), check_validity=True)
metadata.load()
read = {}
for entity_id, _ in metadata.items():
    services = metadata.service(entity_id, "spsso_descriptor", "assertion_consumer_service") or {}
    read[entity_id] = {
        "signing": len(metadata.certs(entity_id, "spsso", "signing")),
        "encryption": len(metadata.certs(entity_id, "spsso", "encryption")),
        "consumers": sorted(one["location"] for some in services.values() for one in some),
    }
print(json.dumps(read))
