/** Watching connections. */
export const watchCodes = {
  "watch.read_failed": [
    "fatal",
    "The connection could not be read.",
    "Look at the error that the source or `published` threw.",
    "",
  ],
} as const;
