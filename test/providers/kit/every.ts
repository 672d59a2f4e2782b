/** Plays each n-th place of a fault; `npm run faults` sets 1 and plays every place. */
export const EVERY: number = Number(process.env["SAMLCERT_EVERY"] ?? 10);
