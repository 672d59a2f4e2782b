/** Longest input, in bytes or UTF-16 units. The longest real certificate has 50 KB (SLH-DSA). */
export const MAX_INPUT = 262_144;

/** Most certificates that are read from one bundle. */
export const MAX_CERTIFICATES = 100;
