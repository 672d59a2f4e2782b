"""What the metadata benchmarks ask of lxml, pysaml2 and python-xmlsec: prints seconds and peak MB.

python3 metadata-extract.py light|full|document|pysaml2 FILE [ROUNDS]

light: roles, certificates, endpoints, name formats and display names. full: every element's name,
attributes and text, which is what the model of samlcert holds. document: light, of one document.
"""
import resource
import sys
import time

MD = "{urn:oasis:names:tc:SAML:2.0:metadata}"
DS = "{http://www.w3.org/2000/09/xmldsig#}"
UI = "{urn:oasis:names:tc:SAML:metadata:ui}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ROLES = {MD + name for name in ("IDPSSODescriptor", "SPSSODescriptor", "AttributeAuthorityDescriptor")}
ENDPOINTS = {
    MD + name for name in ("AssertionConsumerService", "SingleSignOnService", "SingleLogoutService")
}


def light(entity):
    record = {"id": entity.get("entityID"), "roles": [], "keys": [], "endpoints": [], "formats": [], "names": {}}
    for element in entity.iter("*"):
        tag = element.tag
        if tag in ROLES:
            record["roles"].append(tag)
        elif tag == DS + "X509Certificate":
            record["keys"].append("".join(element.text.split()))
        elif tag in ENDPOINTS:
            record["endpoints"].append((tag, element.get("Binding"), element.get("Location"), element.get("index")))
        elif tag == MD + "NameIDFormat":
            record["formats"].append(element.text)
        elif tag == UI + "DisplayName":
            record["names"][element.get(LANG)] = element.text
    return record


def full(element):
    return (element.tag, dict(element.attrib), element.text, [full(child) for child in element.iterchildren("*")])


def aggregate(file, extract):
    import lxml.etree as etree

    count = 0
    for _, entity in etree.iterparse(file, tag=MD + "EntityDescriptor", huge_tree=True):
        extract(entity)
        count += 1
        entity.clear()
        while entity.getprevious() is not None:
            del entity.getparent()[0]
    return count


def document(file, rounds):
    import lxml.etree as etree

    with open(file, "rb") as source:
        octets = source.read()
    best = 1e9
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in range(50):
            light(etree.fromstring(octets))
        best = min(best, (time.perf_counter() - start) / 50)
    return best


def pysaml2(file):
    from saml2.attribute_converter import ac_factory
    from saml2.config import Config
    from saml2.mdstore import MetaDataFile

    metadata = MetaDataFile(ac_factory(), file)
    metadata.load()
    return len(metadata.entity)


mode, path = sys.argv[1:3]
start = time.perf_counter()
if mode == "document":
    seconds = document(path, int(sys.argv[3]))
else:
    if mode == "pysaml2":
        pysaml2(path)
    else:
        aggregate(path, light if mode == "light" else full)
    seconds = time.perf_counter() - start
print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
