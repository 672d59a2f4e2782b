import { percentDecoded } from "./decode.ts";

/** The fields of a SAML message in a form or a query, as they were sent. */
export interface MessageFields {
  readonly name: "SAMLResponse" | "SAMLRequest";
  /** The message, still encoded. */
  readonly value: string;
  /** The parts of a signed query, with the encoding that the signature covers. */
  readonly raw?: Readonly<Record<string, string>>;
}

const NAMES = ["SAMLResponse", "SAMLRequest"] as const;
const FIRST = /(?:^|[?&#\s'"])((?:SAMLResponse|SAMLRequest|RelayState|SigAlg|Signature)=)/;

/**
 * The fields of a query or a form body, in a URL, a curl command or a log line. White space is removed:
 * consoles break long lines.
 */
export function fieldsOfText(text: string): MessageFields | undefined {
  const first = FIRST.exec(text);
  if (first === null) return undefined;
  const begin = first.index + first[0].length - (first[1] as string).length;
  const [query = ""] = text.slice(begin).split(/['"<>]/, 1);
  const raw: Record<string, string> = {};
  for (const part of query.replace(/\s+/g, "").split(/[&#]/)) {
    const at = part.indexOf("=");
    const name = part.slice(0, at);
    if (at > 0 && !Object.hasOwn(raw, name)) raw[name] = part.slice(at + 1);
  }
  return fieldsOf(raw);
}

function fieldsOf(raw: Readonly<Record<string, string>>): MessageFields | undefined {
  for (const name of NAMES) {
    const value = raw[name];
    if (value !== undefined) return { name, value, raw };
  }
  return undefined;
}

/** The fields of a list of names and values that are decoded already. */
export function fieldsOfPairs(
  pairs: readonly (readonly [string, string])[],
): MessageFields | undefined {
  for (const name of NAMES) {
    const value = pairs.find(([one]) => one === name)?.[1];
    if (value !== undefined) return { name, value };
  }
  return undefined;
}

/** The fields of the page with which an identity provider posts a message. */
export function fieldsOfHtml(html: string): MessageFields | undefined {
  const pairs: [string, string][] = [];
  for (const start of html.matchAll(/<input\b/gi)) {
    const end = html.indexOf(">", start.index);
    if (end < 0) break;
    const tag = html.slice(start.index, end);
    const name = attributeIn(tag, "name");
    const value = attributeIn(tag, "value");
    if (name !== undefined && value !== undefined) pairs.push([name, unescapeHtml(value)]);
  }
  return fieldsOfPairs(pairs);
}

function attributeIn(tag: string, name: "name" | "value"): string | undefined {
  const [, , double, single] =
    new RegExp(`\\s${name}\\s*=\\s*("([^"]*)"|'([^']*)')`, "i").exec(tag) ?? [];
  return double ?? single;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };

function unescapeHtml(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi,
    (whole, hex, decimal, name) => {
      if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
      const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return point < 0x11_00_00 ? String.fromCodePoint(point) : whole;
    },
  );
}

/** True if a query was signed (SAML bindings 3.4.4.1). */
export function isSignedQuery({ raw }: MessageFields): boolean {
  return raw?.["Signature"] !== undefined || raw?.["SigAlg"] !== undefined;
}

/** The bytes that a query's signature covers: the fields as they were sent, in this order. */
export function signedQuery({ name, raw = {} }: MessageFields): string {
  return [name, "RelayState", "SigAlg"]
    .filter((field) => raw[field] !== undefined)
    .map((field) => `${field}=${raw[field]}`)
    .join("&");
}

/** The value of a field, decoded. */
export function fieldValue({ raw }: MessageFields, name: string): string | undefined {
  const value = raw?.[name];
  return value === undefined ? undefined : percentDecoded(value.replaceAll("+", "%2B"));
}
