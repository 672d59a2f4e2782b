import type { Fault } from "../faults.ts";

/** Every fault of one request, by its name. */
export const storeFaults: Readonly<Record<string, Fault>> = {
  "a connection that breaks before the effect": { cut: "before" },
  "a connection that breaks after the effect": { cut: "after" },
  "an answer that comes too late": { delayMs: 60 },
  "a 429 with Retry-After": { status: 429, headers: { "retry-after": "1" } },
  "a 429 without Retry-After": { status: 429 },
  "a 500": { status: 500, body: "oops" },
  "a 500 after the effect": { status: 500, body: "oops", effect: true },
  "a malformed answer": { malformed: true },
  "an HTML 404": { status: 404, body: "<html><title>Not found</title></html>" },
};

/** Faults that a client with retries overcomes. */
export const REPEATED: readonly string[] = [
  "a connection that breaks after the effect",
  "a 429 with Retry-After",
  "a 500 after the effect",
];
