"""What pysaml2 does with the documents of the comparison: JSON in, one JSON object of facts out."""

import json
import sys

from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT
from saml2.attribute_converter import ac_factory
from saml2.config import SPConfig
from saml2.mdstore import InMemoryMetaData
from saml2.metadata import entity_descriptor


def write(acs):
    service = {
        "name_id_format": ["urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"],
        "endpoints": {
            "assertion_consumer_service": [(acs, BINDING_HTTP_POST)],
            "single_logout_service": [(acs + "/slo", BINDING_HTTP_REDIRECT)],
        },
    }
    config = {"entityid": "https://sp.example.com", "service": {"sp": service}}
    return str(entity_descriptor(SPConfig().load(config)))


def read(document):
    metadata = InMemoryMetaData(ac_factory(), document)
    metadata.load()
    return metadata


given = json.load(sys.stdin)
written = write(given["acs"])
names = ["SingleLogoutService", "NameIDFormat", "AssertionConsumerService"]
places = [written.index(name) for name in names]
one = read(given["document"])
facts = {
    "order": places == sorted(places),
    "hostile": given["hostile"] in write(given["hostile"]),
    "signing": len(one.certs(next(iter(one.keys())), "idpsso", "signing")),
    "foreign": len(list(read(given["foreign"]).keys())),
    "aggregate": sorted(read(given["aggregate"]).keys()),
}
json.dump(facts, sys.stdout)
