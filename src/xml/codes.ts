import type { CodeEntry } from "../core/finding.ts";
import { fatalEntries } from "../core/words.ts";

export const xmlWords = {
  "xml.encoding": ["The document is not UTF-8.", "Save it as UTF-8 and declare no other encoding."],
  "xml.character": [
    "The document holds a character that XML does not allow.",
    "Remove control characters, U+FFFE, U+FFFF and lone surrogates.",
  ],
  "xml.version": ["The document is not XML 1.0.", 'Declare version="1.0", or nothing at all.'],
  "xml.declaration": [
    "The XML declaration is malformed, or not at the start of the document.",
    'Begin the document with <?xml version="1.0" encoding="UTF-8"?>.',
  ],
  "xml.doctype": [
    "The document has a document type declaration.",
    "Remove it: SAML needs none, and entities are a way to attack.",
  ],
  "xml.processing_instruction": [
    "The document has a processing instruction.",
    "Remove it: SAML metadata has no use for one, and tools disagree on what a signature covers.",
  ],
  "xml.no_element": [
    "The document has no element.",
    "Fetch the metadata again: an empty file is often a download that failed.",
  ],
  "xml.second_root": [
    "The document has more than one root element.",
    "Pass one document at a time, or put the entities into one EntitiesDescriptor.",
  ],
  "xml.text_outside_root": [
    "There is text before or after the root element.",
    "Remove everything around the root element but comments.",
  ],
  "xml.truncated": [
    "The document ends before its root element does.",
    "Fetch it again; the download may have been cut off.",
  ],
  "xml.markup": [
    "A tag, comment or section is malformed.",
    "Make the document well-formed; xmllint shows the same place.",
  ],
  "xml.end_tag": [
    "An end tag does not match its start tag.",
    "Close every element that is opened, in the reverse order.",
  ],
  "xml.name": [
    "A name is malformed.",
    "Begin it with a letter or _, and use letters, digits, -, _ and . alone; at most one colon.",
  ],
  "xml.duplicate_attribute": [
    "An element has the same attribute twice.",
    "Remove one of the two; tools disagree on which one counts.",
  ],
  "xml.attribute_value": [
    "An attribute value holds <, or has no quotes.",
    "Write &lt; for < and put the value in quotes.",
  ],
  "xml.reference": [
    "A character or entity reference is malformed or unknown.",
    "Write &amp; for &; only amp, lt, gt, quot, apos and character numbers exist here.",
  ],
  "xml.section_end_in_text": ["Text holds ]]>.", "Write ]]&gt; instead."],
  "xml.unbound_prefix": [
    "A namespace prefix is used that is not declared.",
    "Declare it with xmlns:prefix on the element or one around it.",
  ],
  "xml.namespace": [
    "A namespace declaration is not allowed.",
    "Leave xml and xmlns alone, and do not undeclare a prefix.",
  ],
  "xml.namespace_form": [
    "A namespace name is relative or has to be escaped, so that there is no one canonical form.",
    "Use an absolute URI without &, < and quotes as the namespace name.",
  ],
  "xml.limit.document": [
    "The document is larger than the limit.",
    "Read it as a stream with readEntities, or raise limits.documentBytes.",
  ],
  "xml.limit.entity": [
    "An entity is larger than the limit.",
    "If the document is right, raise limits.entityBytes; otherwise it may be an attack.",
  ],
  "xml.input": [
    "The document is neither text nor octets.",
    "Pass the text of the document, or its octets as a Uint8Array.",
  ],
  "xml.limit.nodes": [
    "The document has more elements and attributes than the limit.",
    "Read it as a stream with readEntities, or raise limits.nodes.",
  ],
  "xml.limit.depth": [
    "Elements are nested deeper than the limit.",
    "If the document is right, raise limits.depth; otherwise it may be an attack.",
  ],
  "xml.limit.attributes": [
    "An element has more attributes than the limit.",
    "If the document is right, raise limits.attributes; otherwise it may be an attack.",
  ],
  "xml.limit.namespaces": [
    "More namespace prefixes are in scope than the limit.",
    "If the document is right, raise limits.namespaces; otherwise it may be an attack.",
  ],
  "xml.limit.names": [
    "The document has more different names than the limit.",
    "If the document is right, raise limits.names; otherwise it may be an attack.",
  ],
  "xml.limit.markup": [
    "A tag, comment or section is longer than the limit.",
    "If the document is right, raise limits.markupBytes; otherwise it may be an attack.",
  ],
  "xml.limit.text": [
    "The text of an element is longer than the limit.",
    "If the document is right, raise limits.textBytes; otherwise it may be an attack.",
  ],
} as const;

export type XmlCode = keyof typeof xmlWords;

/** The codes with which the reader refuses a document. */
export const xmlCodes: readonly CodeEntry[] = /* @__PURE__ */ fatalEntries([xmlWords], {
  "xml.encoding": "XML 1.0 (Fifth Edition), 4.3.3",
  "xml.character": "XML 1.0 (Fifth Edition), 2.2",
  "xml.version": "XML 1.0 (Fifth Edition), 2.8",
  "xml.declaration": "XML 1.0 (Fifth Edition), 2.8",
  "xml.doctype": "OWASP XML External Entity Prevention",
  "xml.processing_instruction": "XML 1.0 (Fifth Edition), 2.6",
  "xml.no_element": "XML 1.0 (Fifth Edition), 2.1",
  "xml.second_root": "XML 1.0 (Fifth Edition), 2.1",
  "xml.text_outside_root": "XML 1.0 (Fifth Edition), 2.1",
  "xml.truncated": "XML 1.0 (Fifth Edition), 2.1",
  "xml.markup": "XML 1.0 (Fifth Edition), 3.1",
  "xml.end_tag": "XML 1.0 (Fifth Edition), 3",
  "xml.name": "Namespaces in XML 1.0 (Third Edition), 4",
  "xml.duplicate_attribute": "Namespaces in XML 1.0 (Third Edition), 6.3",
  "xml.attribute_value": "XML 1.0 (Fifth Edition), 3.1",
  "xml.reference": "XML 1.0 (Fifth Edition), 4.1",
  "xml.section_end_in_text": "XML 1.0 (Fifth Edition), 2.4",
  "xml.unbound_prefix": "Namespaces in XML 1.0 (Third Edition), 5",
  "xml.namespace": "Namespaces in XML 1.0 (Third Edition), 3",
  "xml.namespace_form": "Canonical XML 1.0, 1.3",
});
