"""Checks Responses as python3-saml and as pysaml2 do: one JSON object a line in, one a line out."""
import json
import logging
import sys

logging.disable(logging.CRITICAL)


def python3_saml(order):
    from onelogin.saml2.response import OneLogin_Saml2_Response
    from onelogin.saml2.settings import OneLogin_Saml2_Settings

    settings = OneLogin_Saml2_Settings(
        {
            "strict": True,
            "sp": {
                "entityId": order["audience"],
                "assertionConsumerService": {"url": order["acs"]},
            },
            "idp": {
                "entityId": order["issuer"],
                "singleSignOnService": {"url": order["sso"]},
                "x509certMulti": {"signing": order["keys"]},
            },
            "security": {"wantAssertionsSigned": True},
        }
    )
    host, _, path = order["acs"].removeprefix("http://").partition("/")
    request = {
        "http_host": host,
        "script_name": f"/{path}",
        "https": "off",
        "get_data": {},
        "post_data": {"SAMLResponse": order["response"]},
    }
    response = OneLogin_Saml2_Response(settings, order["response"])
    if not response.is_valid(request):
        raise ValueError(response.get_error())
    return response.get_nameid()


def metadata(order):
    keys = "".join(
        '<KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data>'
        f"<X509Certificate>{key}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>"
        for key in order["keys"]
    )
    return (
        '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" '
        f'entityID="{order["issuer"]}"><IDPSSODescriptor '
        'protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">'
        f'{keys}<SingleSignOnService Location="{order["sso"]}" '
        'Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"/>'
        "</IDPSSODescriptor></EntityDescriptor>"
    )


def pysaml2(order):
    from saml2 import BINDING_HTTP_POST
    from saml2.client import Saml2Client
    from saml2.config import SPConfig

    config = SPConfig().load(
        {
            "entityid": order["audience"],
            "service": {
                "sp": {
                    "endpoints": {
                        "assertion_consumer_service": [(order["acs"], BINDING_HTTP_POST)]
                    },
                    "allow_unsolicited": True,
                    "want_response_signed": True,
                    "want_assertions_signed": True,
                }
            },
            "metadata": {"inline": [metadata(order)]},
            "xmlsec_binary": "/usr/bin/xmlsec1",
            "allow_unknown_attributes": True,
        }
    )
    client = Saml2Client(config=config)
    response = client.parse_authn_request_response(order["response"], BINDING_HTTP_POST)
    return str(response.name_id)


for line in sys.stdin:
    order = json.loads(line)
    try:
        check = pysaml2 if order["sp"] == "pysaml2" else python3_saml
        answer = {"user": check(order)}
    except Exception as error:
        answer = {"reason": f"{type(error).__name__} {error}"[:200]}
    print(json.dumps(answer), flush=True)
