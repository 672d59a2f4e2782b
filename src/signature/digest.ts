import { createHash } from "node:crypto";
import {
  type Canonicalizer,
  canonicalize,
  finishCanonical,
  leaveWindow,
  newCanonicalizer,
  pause,
  resume,
} from "../xml/canonical.ts";
import { isDsig } from "../xml/element.ts";
import type { Tag } from "../xml/tag.ts";
import { type Scanner, Token } from "../xml/window.ts";
import { signatureError } from "./fault.ts";
import type { SignatureFacts } from "./structure.ts";

/** Digests a document while it is scanned, all but its signature. */
export interface DigestPass {
  /** Takes the scanner's last token. True if the digest covers it, so that it may be read. */
  readonly take: (token: Token) => boolean;
  /** Before the window slides on. */
  readonly leave: () => void;
  /** At the end: throws unless the digest is what the signature says. */
  readonly finish: () => void;
  /** Elements and comments that were met. */
  readonly count: { elements: number; comments: number };
}

/**
 * @param signatureAt offset of the signature in the window; it is there before the window slides
 * @param id the root's ID
 */
export function newDigestPass(
  scanner: Scanner,
  facts: SignatureFacts,
  signatureAt: number,
  id: string | undefined,
): DigestPass {
  const hash = createHash(facts.digestHash);
  const canonicalizer: Canonicalizer = newCanonicalizer(facts.digestForm, (octets) => {
    hash.update(octets, "latin1");
  });
  const count = { elements: 0, comments: 0 };
  let state: "before" | "inside" | "after" = "before";

  const meetStart = (): void => {
    const { tag, open } = scanner;
    count.elements++;
    const depth = open.length + Number(tag.empty);
    if (tag.mayHaveId && countIds(tag, id) > Number(depth === 1)) {
      throw signatureError("signature.duplicate_id");
    }
    if (depth !== 2 || !isDsig(tag, "Signature")) return;
    if (state !== "before" || scanner.tokenAt !== signatureAt) {
      throw signatureError("signature.several");
    }
    state = "inside";
    pause(canonicalizer, scanner);
  };

  return {
    count,
    take: (token) => {
      if (token === Token.start) meetStart();
      else if (token === Token.comment) count.comments++;
      if (state !== "inside") {
        canonicalize(canonicalizer, scanner, token);
        return true;
      }
      if (token === Token.end && scanner.open.length === 1) {
        state = "after";
        resume(canonicalizer, scanner);
      }
      return false;
    },
    leave: () => leaveWindow(canonicalizer, scanner),
    finish: () => {
      finishCanonical(canonicalizer);
      if (state !== "after") throw signatureError("signature.missing");
      if (!hash.digest().equals(facts.digestValue)) throw signatureError("signature.digest");
    },
  };
}

/** Whatever some program may take for an ID: a second one would be what it finds. */
function countIds({ attributes }: Tag, id: string | undefined): number {
  return attributes.filter(({ localName, value }) => value === id && /^id$/i.test(localName))
    .length;
}
