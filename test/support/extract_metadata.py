"""Reads SAML metadata with libxml2 and prints what our reader is compared with, as JSON.

usage: extract_metadata.py FILE...   (one line of JSON a file; "null" for what libxml2 refuses)
"""
import json
import sys

from lxml import etree

MD = "{urn:oasis:names:tc:SAML:2.0:metadata}"
DS = "{http://www.w3.org/2000/09/xmldsig#}"


def local(element):
    return etree.QName(element).localname


def elements(parent):
    return [child for child in parent if isinstance(child.tag, str)]


def extract(entity):
    endpoints, keys = [], []
    for role in elements(entity):
        if not role.tag.startswith(MD) or not local(role).endswith("Descriptor"):
            continue
        for child in elements(role):
            if child.tag == MD + "KeyDescriptor":
                for text in child.iter(DS + "X509Certificate"):
                    keys.append([local(role), child.get("use"), "".join("".join(text.itertext()).split())])
            elif child.tag.startswith(MD) and child.get("Location") is not None:
                endpoints.append([local(role), local(child), child.get("Binding"), child.get("Location"),
                                  child.get("ResponseLocation"), child.get("index")])
    return {"entityId": entity.get("entityID"), "endpoints": endpoints, "keys": keys}


for path in sys.argv[1:]:
    try:
        parser = etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True)
        root = etree.parse(path, parser).getroot()
        print(json.dumps([extract(e) for e in root.iter(MD + "EntityDescriptor")]))
    except etree.XMLSyntaxError as error:
        print("null")
