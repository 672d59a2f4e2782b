import { MetadataError } from "../core/errors.ts";
import type { Location } from "../core/finding.ts";
import { type XmlCode, xmlWords } from "./codes.ts";
import { mistakenFor } from "./mistaken.ts";

/** The error of a code of this folder. `head` is how the document begins, for what is no XML at all. */
export function xmlError(code: XmlCode, at?: Location, detail?: string, head = ""): MetadataError {
  const [summary, hint] = xmlWords[code];
  const mistaken = mistakenFor(head);
  if (mistaken !== undefined) {
    const message = `The document is ${mistaken.what}; SAML metadata is XML in UTF-8.`;
    return new MetadataError(code, message, { hint: mistaken.hint, at });
  }
  const place = at?.line === undefined ? "" : ` Line ${at.line}, column ${at.column}.`;
  const message = `${summary}${detail === undefined ? "" : ` ${detail}`}${place}`;
  return new MetadataError(code, message, { hint, at });
}

/** Text of a document, fit for a message: short, and without control characters. */
export function quoted(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 57)}...` : text;
  return `"${short.replace(/[^\x20-\x7e\xa0-\uffff]/g, "?")}"`;
}
