/** Reading XML. */
export const xmlCodes = {
  "xml.input": [
    "fatal",
    "The document is neither a string nor bytes.",
    "Pass the document as a string or as a Uint8Array.",
    "",
  ],
  "xml.source": [
    "fatal",
    "The stream yielded something other than a Uint8Array.",
    "Pass a stream of Uint8Array, with no text encoding set.",
    "",
  ],
  "xml.not_xml": [
    "fatal",
    "The document is {format}, not XML.",
    "{advice}",
    "XML 1.0 (Fifth Edition), 2.1",
  ],
  "xml.encoding": [
    "fatal",
    "The document is not valid {encoding}.",
    "Save it as UTF-8, or declare the encoding that it is saved in.",
    "XML 1.0 (Fifth Edition), 4.3.3",
  ],
  "xml.encoding_unsupported": [
    "fatal",
    "The document declares the encoding {encoding}, which is not supported.",
    "Save it as UTF-8, UTF-16, ISO-8859-1 or US-ASCII, and declare that encoding.",
    "XML 1.0 (Fifth Edition), 4.3.3",
  ],
  "xml.encoding_mismatch": [
    "fatal",
    "The document declares the encoding {declared}, but its bytes are {encoding}.",
    "Declare the encoding that it is saved in, or save it as UTF-8.",
    "XML 1.0 (Fifth Edition), 4.3.3",
  ],
  "xml.character": [
    "fatal",
    "The document contains a character that XML does not allow.",
    "Remove control characters, U+FFFE, U+FFFF and lone surrogates.",
    "XML 1.0 (Fifth Edition), 2.2",
  ],
  "xml.version": [
    "fatal",
    "The document is not XML 1.0.",
    'Declare version="1.0".',
    "XML 1.0 (Fifth Edition), 2.8",
  ],
  "xml.declaration": [
    "fatal",
    "The XML declaration is malformed.",
    'Begin the document with <?xml version="1.0" encoding="UTF-8"?>.',
    "XML 1.0 (Fifth Edition), 2.8",
  ],
  "xml.declaration_place": [
    "fatal",
    "The XML declaration is not at the start of the document.",
    "Remove everything before it.",
    "XML 1.0 (Fifth Edition), 2.8",
  ],
  "xml.doctype": [
    "fatal",
    "The document has a document type declaration.",
    "Remove it: SAML does not use it, and it makes entity attacks possible.",
    "OWASP XML External Entity Prevention",
  ],
  "xml.processing_instruction": [
    "fatal",
    "The root element contains a processing instruction.",
    "Remove it: tools disagree on how a signature covers it.",
    "XML 1.0 (Fifth Edition), 2.6",
  ],
  "xml.instruction_outside_root": [
    "notice",
    "A processing instruction ({target}) is outside the root element.",
    "Remove it if you can: some SAML software refuses documents with one.",
    "XML 1.0 (Fifth Edition), 2.6",
  ],
  "xml.no_element": [
    "fatal",
    "The document has no element.",
    "Get the document again; an empty file is often a failed download.",
    "XML 1.0 (Fifth Edition), 2.1",
  ],
  "xml.second_root": [
    "fatal",
    "The document has more than one root element.",
    "Pass one document at a time, or put the entities into one EntitiesDescriptor.",
    "XML 1.0 (Fifth Edition), 2.1",
  ],
  "xml.text_outside_root": [
    "fatal",
    "There is text before or after the root element.",
    "Remove the text around the root element.",
    "XML 1.0 (Fifth Edition), 2.1",
  ],
  "xml.truncated": [
    "fatal",
    "The document ends before its root element does.",
    "Get the document again; it was cut off.",
    "XML 1.0 (Fifth Edition), 2.1",
  ],
  "xml.markup": [
    "fatal",
    "A tag, comment or CDATA section is malformed.",
    "Make the document well-formed; xmllint shows the same place.",
    "XML 1.0 (Fifth Edition), 3.1",
  ],
  "xml.end_tag": [
    "fatal",
    "An end tag does not match the start tag <{name}>.",
    "Close the elements in the reverse order in which they were opened.",
    "XML 1.0 (Fifth Edition), 3",
  ],
  "xml.no_start_tag": [
    "fatal",
    "An end tag has no start tag.",
    "Remove the end tag, or add its start tag.",
    "XML 1.0 (Fifth Edition), 3",
  ],
  "xml.name": [
    "fatal",
    "A name is malformed.",
    "Begin it with a letter or _, and use only letters, digits, -, _ and ., with at most one colon.",
    "Namespaces in XML 1.0 (Third Edition), 4",
  ],
  "xml.duplicate_attribute": [
    "fatal",
    "An element has the same attribute twice.",
    "Remove one of the two; tools disagree on which one counts.",
    "Namespaces in XML 1.0 (Third Edition), 6.3",
  ],
  "xml.attribute_value": [
    "fatal",
    "An attribute value contains <.",
    "Write &lt; instead of <.",
    "XML 1.0 (Fifth Edition), 3.1",
  ],
  "xml.attribute_quotes": [
    "fatal",
    "An attribute value has no quotes.",
    "Put the value in quotes.",
    "XML 1.0 (Fifth Edition), 3.1",
  ],
  "xml.reference": [
    "fatal",
    "A character or entity reference is malformed or unknown.",
    "Write &amp; instead of &. Only amp, lt, gt, quot, apos and character numbers are known.",
    "XML 1.0 (Fifth Edition), 4.1",
  ],
  "xml.section_end_in_text": [
    "fatal",
    "Text contains ]]>.",
    "Write ]]&gt; instead.",
    "XML 1.0 (Fifth Edition), 2.4",
  ],
  "xml.unbound_prefix": [
    "fatal",
    "A namespace prefix is not declared.",
    "Declare it with xmlns:prefix on the element or one of its ancestors.",
    "Namespaces in XML 1.0 (Third Edition), 5",
  ],
  "xml.namespace": [
    "fatal",
    "A namespace declaration is not allowed.",
    "Do not declare the prefixes xml and xmlns, and do not undeclare a prefix.",
    "Namespaces in XML 1.0 (Third Edition), 3",
  ],
  "xml.namespace_relative": [
    "fatal",
    "The namespace name {namespace} is not an absolute URI.",
    "Use an absolute URI as the namespace name, such as urn:example:name.",
    "Canonical XML 1.0, 1.3",
  ],
  "xml.namespace_form": [
    "fatal",
    "The namespace name {namespace} has no canonical form that all tools agree on.",
    "Use only characters in the namespace name that a URI can contain.",
    "Canonical XML 1.0, 1.3",
  ],
  "xml.limit.document": [
    "fatal",
    "The document is larger than the limit.",
    {
      library: "Read it as a stream with readEntities, or raise limits.maxBytes.",
      terminal: "Take the entity out of it with samlcert metadata extract, which reads any size.",
      form: "Pass the metadata of one entity.",
    },
    "",
  ],
  "xml.limit.stream": [
    "fatal",
    "The stream is longer than the limit.",
    {
      library:
        "If you trust the document, raise limits.maxStreamBytes; otherwise it may be an attack.",
      terminal: "Check where the document comes from; it may be an attack.",
      form: "Check where the document comes from; it may be an attack.",
    },
    "",
  ],
  "xml.limit.entity": [
    "fatal",
    "An entity is larger than the limit.",
    {
      library:
        "If you trust the document, raise limits.maxEntityBytes; otherwise it may be an attack.",
      terminal: "Check where the document comes from; it may be an attack.",
      form: "Check where the document comes from; it may be an attack.",
    },
    "",
  ],
  "xml.limit.nodes": [
    "fatal",
    "The document has more elements and attributes than the limit.",
    {
      library: "If you trust the document, raise limits.maxNodes; otherwise it may be an attack.",
      terminal: "Check where the document comes from; it may be an attack.",
      form: "Check where the document comes from; it may be an attack.",
    },
    "",
  ],
  "xml.limit.depth": [
    "fatal",
    "Elements are nested deeper than the limit.",
    {
      library: "If you trust the document, raise limits.maxDepth; otherwise it may be an attack.",
      terminal: "Check where the document comes from; it may be an attack.",
      form: "Check where the document comes from; it may be an attack.",
    },
    "",
  ],
  "xml.limit.attributes": [
    "fatal",
    "An element has more attributes than the limit.",
    {
      library:
        "If you trust the document, raise limits.maxAttributes; otherwise it may be an attack.",
      terminal: "Check where the document comes from; it may be an attack.",
      form: "Check where the document comes from; it may be an attack.",
    },
    "",
  ],
  "xml.limit.namespaces": [
    "fatal",
    "More namespace declarations are in scope than the limit.",
    {
      library:
        "If you trust the document, raise limits.maxNamespaces; otherwise it may be an attack.",
      terminal: "Check where the document comes from; it may be an attack.",
      form: "Check where the document comes from; it may be an attack.",
    },
    "",
  ],
  "xml.limit.names": [
    "fatal",
    "The document has more different names than the limit.",
    {
      library: "If you trust the document, raise limits.maxNames; otherwise it may be an attack.",
      terminal: "Check where the document comes from; it may be an attack.",
      form: "Check where the document comes from; it may be an attack.",
    },
    "",
  ],
  "xml.limit.markup": [
    "fatal",
    "A tag, comment or CDATA section is longer than the limit.",
    {
      library:
        "If you trust the document, raise limits.maxMarkupBytes; otherwise it may be an attack.",
      terminal: "Check where the document comes from; it may be an attack.",
      form: "Check where the document comes from; it may be an attack.",
    },
    "",
  ],
  "xml.limit.text": [
    "fatal",
    "The text of an element is longer than the limit.",
    {
      library:
        "If you trust the document, raise limits.maxTextBytes; otherwise it may be an attack.",
      terminal: "Check where the document comes from; it may be an attack.",
      form: "Check where the document comes from; it may be an attack.",
    },
    "",
  ],
} as const;
