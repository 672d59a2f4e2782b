/** The text of one `ds:X509Certificate` element, by offsets. */
export interface XmlCertificate {
  readonly start: number;
  readonly end: number;
  /** The `use` of the KeyDescriptor around it; undefined where it has none, or there is none. */
  readonly use?: string | undefined;
  readonly inKeyDescriptor: boolean;
}

/**
 * Finds the certificates of any XML that holds some: metadata, a response, a fragment. A scan for tags
 * and no parser, because what is pasted is often only part of a document; nothing is trusted because
 * of where it stands.
 */
export function findXmlCertificates(text: string): XmlCertificate[] {
  const found: XmlCertificate[] = [];
  let descriptor: Tag | undefined;
  for (let i = nextTag(text, 0); i >= 0; i = nextTag(text, i + 1)) {
    const tag = readTag(text, i);
    if (tag.name === "KeyDescriptor") descriptor = tag.closing ? undefined : tag;
    if (tag.name !== "X509Certificate" || tag.closing) continue;
    const start = text.indexOf(">", i) + 1;
    if (start === 0) break;
    const close = text.indexOf("<", start);
    const end = close < 0 ? text.length : close;
    const use = descriptor && attribute(text, descriptor.at, "use");
    found.push({ start, end, use, inKeyDescriptor: descriptor !== undefined });
    i = start - 1;
  }
  return found;
}

interface Tag {
  readonly at: number;
  readonly closing: boolean;
  readonly name: string;
}

/** Offset of the next tag, over comments; -1 at the end. */
function nextTag(text: string, from: number): number {
  let i = text.indexOf("<", from);
  while (i >= 0 && text.startsWith("<!--", i)) {
    const end = text.indexOf("-->", i);
    i = end < 0 ? -1 : text.indexOf("<", end);
  }
  return i;
}

function readTag(text: string, at: number): Tag {
  const closing = text.charAt(at + 1) === "/";
  return { at, closing, name: localName(text, closing ? at + 2 : at + 1) };
}

const LONGEST_NAME = 80;

function localName(text: string, start: number): string {
  const name = text.slice(start, start + LONGEST_NAME);
  let end = 0;
  while (end < name.length && !" \t\r\n/<>".includes(name.charAt(end))) end++;
  return name.slice(name.lastIndexOf(":", end) + 1, end);
}

const LONGEST_TAG = 1024;

function attribute(text: string, start: number, name: string): string | undefined {
  const [tag = ""] = text.slice(start, start + LONGEST_TAG).split(">", 1);
  const at = tag.indexOf(` ${name}=`);
  if (at < 0) return undefined;
  const quote = tag.charAt(at + name.length + 2);
  const valueStart = at + name.length + 3;
  const end = tag.indexOf(quote, valueStart);
  return end < 0 ? undefined : tag.slice(valueStart, end);
}
