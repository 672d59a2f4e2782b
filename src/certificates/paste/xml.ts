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
  let use: string | undefined;
  let inKeyDescriptor = false;
  for (let i = text.indexOf("<"); i >= 0; i = text.indexOf("<", i + 1)) {
    if (text.startsWith("<!--", i)) {
      const end = text.indexOf("-->", i);
      if (end < 0) break;
      i = end;
      continue;
    }
    const closing = text.charAt(i + 1) === "/";
    const name = localName(text, closing ? i + 2 : i + 1);
    if (name === "KeyDescriptor") {
      inKeyDescriptor = !closing;
      use = closing ? undefined : attribute(text, i, "use");
    } else if (name === "X509Certificate" && !closing) {
      const start = text.indexOf(">", i) + 1;
      if (start === 0) break;
      const close = text.indexOf("<", start);
      found.push({ start, end: close < 0 ? text.length : close, use, inKeyDescriptor });
      i = start - 1;
    }
  }
  return found;
}

const LONGEST_NAME = 80;

function localName(text: string, start: number): string {
  const name = text.slice(start, start + LONGEST_NAME);
  let end = 0;
  while (end < name.length && !" \t\r\n/>".includes(name.charAt(end))) end++;
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
