import { MetadataError } from "../../core/errors.ts";
import type { CodeEntry } from "../../core/finding.ts";
import { fatalEntries } from "../../core/words.ts";

const WORDS = {
  "xml.limit.stream": [
    "The stream is longer than the limit.",
    "If the document is right, raise limits.streamBytes; otherwise it may be an attack.",
  ],
  "xml.source": [
    "The stream gives something else than octets.",
    "Pass a stream of Uint8Array, without an encoding set.",
  ],
} as const;

/** The codes with which a stream is refused, whatever is in it. */
export const streamCodes: readonly CodeEntry[] = /* @__PURE__ */ fatalEntries([WORDS], {});

/** The error of one of them. */
export function streamError(code: keyof typeof WORDS): MetadataError {
  const [summary, hint] = WORDS[code];
  return new MetadataError(code, summary, { hint });
}
