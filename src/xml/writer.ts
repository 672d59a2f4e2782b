const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#x9;",
  "\n": "&#xA;",
  "\r": "&#xD;",
};

export const escaped = (character: string): string => ESCAPES[character] ?? character;

/** Escapes character data, including `>` because of `]]>` (XML 1.0, 2.4; Canonical XML, 2.3). */
export function escapeText(text: string): string {
  return text.replace(/[&<>\r]/g, escaped);
}

/** Escapes an attribute value, including white space, which readers normalise (XML 1.0, 3.3.3). */
export function escapeAttribute(text: string): string {
  return text.replace(/[&<>"\t\n\r]/g, escaped);
}

/** Not a Char (XML 1.0, production 2), including lone surrogates. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** The same by UTF-16 units, for text without surrogates: several times faster. */
const SUSPECT = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD]/;

/** The offset of the first character that XML does not allow, escaped or not; -1 if there is none. */
export function forbiddenCharacterAt(text: string): number {
  return SUSPECT.test(text) ? text.search(FORBIDDEN) : -1;
}
