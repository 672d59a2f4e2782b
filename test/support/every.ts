/**
 * 5 plays each fifth case of a long list (`SAMLCERT_EVERY=5`), for a runtime that is not the first to
 * run them.
 */
export const EVERY: number = Number(process.env["SAMLCERT_EVERY"] ?? 1);
