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
import type { Tag } from "../xml/tag.ts";
import { type Scanner, Token } from "../xml/window.ts";
import { signatureError } from "./error.ts";
import { isDsig, type SignatureFacts } from "./structure.ts";

/** Digests a document, without its signature, while it is scanned. */
export interface DigestPass {
  /** Takes the scanner's last token; true if the digest covers it, so that it may be read. */
  readonly take: (token: Token) => boolean;
  /** Must be called before the window slides on. */
  readonly leave: () => void;
  /** Throws unless the digest is that of the signature. */
  readonly finish: () => void;
}

/**
 * @param signatureAt offset of the signature in the first window
 * @param id the root's ID
 */
export function newDigestPass(
  scanner: Scanner,
  facts: SignatureFacts,
  signatureAt: number,
  id: string | undefined,
): DigestPass {
  const hash = createHash(facts.digestHash);
  const canonicalizer: Canonicalizer = newCanonicalizer(facts.digestForm, (bytes) => {
    hash.update(bytes, "latin1");
  });
  let state: "before" | "inside" | "after" = "before";

  const meetStart = (): void => {
    const { tag, open } = scanner;
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
    take: (token) => {
      if (token === Token.start) meetStart();
      // Only a reference to the document covers what is outside its root.
      if (token === Token.instruction && facts.referenceUri !== "") return false;
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

/** Counts everything that some program may take for that ID: it could find a second one. */
function countIds({ attributes }: Tag, id: string | undefined): number {
  return attributes.filter(({ localName, value }) => value === id && /^id$/i.test(localName))
    .length;
}
