import { element, oid, sequence, set, utf8String } from "../certificates/der/write.ts";
import { isText } from "../core/argument.ts";
import { keyError } from "./error.ts";

/** The attributes of a subject, by their short names. */
export interface SubjectAttributes {
  readonly CN?: string | undefined;
  readonly OU?: string | undefined;
  readonly O?: string | undefined;
  readonly L?: string | undefined;
  readonly ST?: string | undefined;
  readonly C?: string | undefined;
}

/** The name of a key's owner: attributes, or text such as `CN=sp.example.com, O=Example`. */
export type Subject = string | SubjectAttributes;

/** OIDs and upper bounds (RFC 5280, appendix A.1), from the most specific attribute to the least. */
const ATTRIBUTES: Readonly<Record<string, readonly [oid: string, longest: number]>> = {
  CN: ["2.5.4.3", 64],
  OU: ["2.5.4.11", 64],
  O: ["2.5.4.10", 64],
  L: ["2.5.4.7", 128],
  ST: ["2.5.4.8", 128],
  C: ["2.5.4.6", 2],
};

/** The DER of a subject. Throws a `KeyError` for one that X.509 cannot express. */
export function subjectDer(given: Subject): Uint8Array<ArrayBuffer> {
  const pairs = isText(given) ? pairsOf(given) : inOrder(given);
  const rdns = pairs.flatMap(([type, value]) =>
    value === undefined ? [] : [attributeDer(type, value)],
  );
  if (rdns.length === 0) throw wrong("it is empty");
  // Text begins with the most specific attribute, DER ends with it (RFC 4514, 2.1).
  return Uint8Array.from(sequence(...rdns.reverse()));
}

function inOrder(given: SubjectAttributes): readonly (readonly [string, unknown])[] {
  const place = ([type]: readonly [string, unknown]): number =>
    Object.keys(ATTRIBUTES).indexOf(type);
  return Object.entries(given).sort((a, b) => place(a) - place(b));
}

function attributeDer(type: string, value: unknown): Uint8Array {
  const [id, longest] = ATTRIBUTES[type] ?? [];
  if (id === undefined || longest === undefined) {
    throw wrong(`it has an attribute other than ${Object.keys(ATTRIBUTES).join(", ")}`);
  }
  if (!isText(value) || value.trim() === "") throw wrong(`${type} is empty`);
  if ([...value].length > longest) throw wrong(`${type} is longer than ${longest} characters`);
  if (/\p{Cc}|\p{Cs}/u.test(value)) throw wrong(`${type} contains a control character`);
  if (type !== "C") return set(sequence(oid(id), utf8String(value)));
  if (!/^[A-Z]{2}$/.test(value)) throw wrong("C is not a country code such as US");
  return set(sequence(oid(id), element(0x13, new TextEncoder().encode(value))));
}

/** Splits `CN=a, O=b`; a backslash escapes the next character (RFC 4514, 2.4). */
function pairsOf(text: string): readonly (readonly [string, string])[] {
  return (text.match(/(?:\\.|[^,\\])+/gs) ?? []).map((part) => {
    const [, type, value] = /^\s*([A-Za-z]+)\s*=(.*)$/s.exec(part) ?? [];
    if (type === undefined || value === undefined) throw wrong("it is not written as CN=name");
    return [type.toUpperCase(), value.trim().replaceAll(/\\(.)/gs, "$1")];
  });
}

function wrong(reason: string): Error {
  return keyError("keys.subject", { reason });
}
