"""libxml2's answers for the tests: reads JSON lines {xml, forms}, answers JSON lines.

xml is base64 of a document. The answer is {"error": ...}, or {"forms": [base64, ...]} with the
canonical form for each [exclusive, comments, prefixes].
"""
import base64
import json
import sys

import lxml.etree as etree

for line in open(sys.argv[1], encoding="utf-8"):
    request = json.loads(line)
    parser = etree.XMLParser(no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(base64.b64decode(request["xml"]), parser)
        forms = []
        for exclusive, comments, prefixes in request["forms"]:
            options = {"inclusive_ns_prefixes": prefixes} if exclusive and prefixes else {}
            form = etree.tostring(
                root.getroottree(), method="c14n", exclusive=exclusive, with_comments=comments, **options
            )
            forms.append(base64.b64encode(form).decode())
        print(json.dumps({"forms": forms}))
    except Exception as error:
        print(json.dumps({"error": str(error)}))
