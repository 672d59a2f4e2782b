"""What python3-saml reads in metadata: of service providers the schema's verdict, of identity providers the data."""
import json
import sys

from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser
from onelogin.saml2.utils import OneLogin_Saml2_Utils as utils
from onelogin.saml2.xml_utils import OneLogin_Saml2_XML as xml

role, path = sys.argv[1:]
text = open(path, "rb").read()
verdict = xml.validate_xml(text, "saml-schema-metadata-2.0.xsd")
if isinstance(verdict, str):
    sys.exit(verdict)
answer = {}
if role == "idp":
    idp = OneLogin_Saml2_IdPMetadataParser.parse(text.decode())["idp"]
    certs = idp.get("x509certMulti", {}).get("signing") or [idp["x509cert"]]
    answer = {"entityId": idp["entityId"], "location": idp["singleSignOnService"]["url"], "signing": len(certs)}
print(json.dumps(answer))
