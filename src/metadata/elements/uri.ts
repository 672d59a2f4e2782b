/** Escaped before a reference is parsed (XML Schema 2, 3.2.17): white space, non-ASCII and these. */
const ESCAPED = /[\s\u007f-\uffff<>"{}|\\^`]/g;

/** Every escape has two digits (RFC 3986, 2.1). */
const BROKEN_ESCAPE = /%(?![0-9a-fA-F]{2})/;

/** Fast path: nearly every URI in metadata is valid and needs no escaping. */
const PLAIN_URN = /^urn:[\w:.-]+$/;
const PLAIN_URL = /^https?:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?:\/[\w.~/-]*)?(?:[?#][\w.=-]*)?$/;

export const isPlainUrl = (text: string): boolean => PLAIN_URL.test(text);
export const isPlainUri = (text: string): boolean =>
  (text.startsWith("u") ? PLAIN_URN : PLAIN_URL).test(text);

const SCHEME = /^[a-zA-Z][a-zA-Z0-9+.-]*:/;
const USER = /^[\w.~!$&'()*+,;=:%-]*$/;
const HOST_PORT = /^(?:\[[0-9a-fA-F:.vV]+\]|[\w.~!$&'()*+,;=%-]*)(?::\d+)?$/;
const REST = /^[\w.~!$&'()*+,;=:@/?%[\]-]*$/;

/**
 * True for the lexical space of `xs:anyURI`, as far as validators agree on one: RFC 3986, 4.1, after the
 * other characters are escaped. Split before matching, so that it takes linear time.
 */
export function isUriReference(text: string): boolean {
  const escaped = text.replace(ESCAPED, "_");
  const uri = escaped.replace(SCHEME, "");
  // The first segment of a relative reference cannot contain a colon (RFC 3986, 4.2).
  if (uri === escaped && /^[^/?#]*:/.test(uri)) return false;
  const hash = uri.indexOf("#");
  const hierarchy = hash < 0 ? uri : uri.slice(0, hash);
  const fragment = hash < 0 ? "" : uri.slice(hash + 1);
  if (BROKEN_ESCAPE.test(text) || !REST.test(fragment)) return false;
  if (!hierarchy.startsWith("//")) return REST.test(hierarchy);
  const length = hierarchy.slice(2).search(/[/?]/);
  const end = length < 0 ? hierarchy.length : length + 2;
  return isAuthority(hierarchy.slice(2, end)) && REST.test(hierarchy.slice(end));
}

function isAuthority(authority: string): boolean {
  const at = authority.lastIndexOf("@");
  return USER.test(authority.slice(0, Math.max(at, 0))) && HOST_PORT.test(authority.slice(at + 1));
}

/** Characters that RFC 3986 excludes, and the spaces and line ends of Unicode. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for.
const UNSAFE = /[\u0000-\u0020\u007f-\u00a0\u2028\u2029<>"{}|\\^`]/;

/** RFC 3986, 3.2: host and port of an http(s) URL; a host is a name, an IPv4 or a bracketed IPv6. */
const HTTP_URL = /^https?:\/\/([^/?#]*)(?:[/?#]|$)/i;
const AUTHORITY =
  /^(?:\[[0-9a-f:.]+\]|[\p{L}\p{N}_](?:[\p{L}\p{N}\p{M}_.-]*[\p{L}\p{N}\p{M}.])?)(?::(\d{1,5}))?$/iu;

/**
 * The reason why a text is not an absolute http(s) URL for browsers; undefined if it is one. A
 * `javascript:` URL in metadata is an attack (CVE-2023-45683).
 */
export function urlFault(text: string): string | undefined {
  if (typeof text !== "string") return "it is not a string";
  if (UNSAFE.test(text)) return "it contains white space or a character that URLs cannot contain";
  const match = HTTP_URL.exec(text);
  if (match === null) return "it is not an absolute http or https URL";
  const authority = match[1] ?? "";
  if (authority.includes("@")) return "it contains a user name";
  return (
    authorityFault(authority) ??
    (BROKEN_ESCAPE.test(text) ? "it contains a broken % escape" : undefined)
  );
}

/** The reason why an authority is not a host with at most a port. */
function authorityFault(authority: string): string | undefined {
  if (authority === "" || authority.startsWith(":")) return "it has no host";
  const match = AUTHORITY.exec(authority);
  if (match === null) return "its host or port is not valid";
  const port = match[1];
  return port === undefined || (Number(port) > 0 && Number(port) < 65_536)
    ? undefined
    : "its port is not valid";
}
