/** RFC 3986, section 4.1, over characters that a URI can hold once the others are escaped. */
const URI_REFERENCE =
  /^(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?(?:\/\/(?:[\w.~!$&'()*+,;=:%-]*@)?(?:\[[0-9a-fA-F:.vV]+\]|[\w.~!$&'()*+,;=%-]*)(?::\d*)?)?[\w.~!$&'()*+,;=:@/%[\]-]*(?:\?[\w.~!$&'()*+,;=:@/?%[\]-]*)?(?:#[\w.~!$&'()*+,;=:@/?%[\]-]*)?$/;

/** Escaped before a reference is parsed (XML Schema 2, 3.2.17): everything outside ASCII, and these. */
const ESCAPED = /[\u007f-\uffff<>"{}|\\^`]/g;

/** Every escape has two digits (RFC 3986, 2.1). */
const BROKEN_ESCAPE = /%(?![0-9a-fA-F]{2})/;

/** True for the lexical space of `xs:anyURI`, as far as validators agree on one. */
export function isUriReference(text: string): boolean {
  return URI_REFERENCE.test(text.replace(ESCAPED, "_")) && !BROKEN_ESCAPE.test(text);
}

/** Anything but printable ASCII and what lies above Latin-1's controls. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for.
const UNSAFE = /[\u0000-\u0020\u007f-\u00a0\u2028\u2029<>"{}|\\^`]/;

/** RFC 3986, 3.2: host and port of an http(s) URL; a host is a name, an IPv4 or a bracketed IPv6. */
const HTTP_URL = /^https?:\/\/([^/?#]*)(?:[/?#]|$)/i;
const AUTHORITY =
  /^(?:\[[0-9a-f:.]+\]|[\p{L}\p{N}_](?:[\p{L}\p{N}\p{M}_.-]*[\p{L}\p{N}\p{M}.])?)(?::(\d{1,5}))?$/iu;

/**
 * Why a text is not an absolute http(s) URL that a person may be sent to; `undefined` if it is one.
 * A `javascript:` URL here was a way into a service provider (CVE-2023-45683).
 */
export function urlFault(text: string): string | undefined {
  if (UNSAFE.test(text)) return "it has white space or a character that no URL may have";
  const match = HTTP_URL.exec(text);
  if (match === null) return "it is not an absolute http or https URL";
  const authority = match[1] ?? "";
  if (authority.includes("@")) return "it has a user name in it";
  return (
    authorityFault(authority) ?? (BROKEN_ESCAPE.test(text) ? "it has a broken % escape" : undefined)
  );
}

/** Why an authority is not a host with at most a port. */
export function authorityFault(authority: string): string | undefined {
  if (authority === "" || authority.startsWith(":")) return "it has no host";
  const match = AUTHORITY.exec(authority);
  if (match === null) return "its host or port is not valid";
  const port = match[1];
  return port === undefined || (Number(port) > 0 && Number(port) < 65_536)
    ? undefined
    : "its port is not valid";
}
