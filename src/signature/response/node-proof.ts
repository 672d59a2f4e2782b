import { createHash } from "node:crypto";
import type { Certificate } from "../../certificates/types.ts";
import { equalBytes } from "../../core/bytes.ts";
import { isSignedBy, keysOf } from "../anchors.ts";
import type { Proof, Question } from "./proof.ts";

/** Verifies with node:crypto. Weak keys and SHA-1 count too: this explains, and lets nobody in. */
export function proveWithNode(question: Question, certificates: readonly Certificate[]): Proof {
  const bytes = Buffer.from(question.signed, "latin1");
  const made = certificates.map((certificate) => {
    try {
      return keysOf(certificate).some((key) =>
        isSignedBy(key, question.method, bytes, question.value),
      );
    } catch {
      // A key that OpenSSL does not read.
      return undefined;
    }
  });
  return { made, intact: isIntact(question) };
}

function isIntact({ digest }: Question): boolean | undefined {
  if (digest === undefined) return undefined;
  try {
    const found = createHash(digest.hash).update(digest.content, "latin1").digest();
    return equalBytes(found, digest.value);
  } catch {
    // A hash that the system's policy forbids.
    return undefined;
  }
}
