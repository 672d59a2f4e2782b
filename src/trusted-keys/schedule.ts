/** When metadata is read again. Shibboleth's rules, with the defaults of OpenSAML. */
export interface RefreshOptions {
  /** The share of the remaining lifetime after which metadata is read again. Default 0.75. */
  readonly factor?: number | undefined;
  /** The shortest wait, also after a failure. Default 300. */
  readonly minSeconds?: number | undefined;
  /** The longest wait, and the usual one without hints. Default 14 400, four hours. */
  readonly maxSeconds?: number | undefined;
  /** The shortest wait between two reads for an unknown key. Default 10. */
  readonly unknownKeySeconds?: number | undefined;
}

export type Refresh = Readonly<Record<keyof RefreshOptions, number>>;

export function refreshOf({
  factor = 0.75,
  maxSeconds = 14_400,
  minSeconds = Math.min(300, maxSeconds),
  unknownKeySeconds = 10,
}: RefreshOptions): Refresh {
  return { factor, minSeconds: Math.min(minSeconds, maxSeconds), maxSeconds, unknownKeySeconds };
}

/** The remaining lifetimes of a document in seconds, by its own words and its server's. */
export interface Lifetimes {
  readonly untilInvalid?: number | undefined;
  readonly cacheDuration?: number | undefined;
  readonly maxAge?: number | undefined;
}

/** Up to a tenth earlier, so that many services do not ask at the same moment. */
function jittered(seconds: number, random: number): number {
  return seconds * (1 - random / 10);
}

/** Seconds until the next read after a success. */
export function nextRead(lifetimes: Lifetimes, refresh: Refresh, random: number): number {
  const hints = Object.values(lifetimes).filter((seconds) => seconds !== undefined);
  const wanted = hints.length === 0 ? refresh.maxSeconds : refresh.factor * Math.min(...hints);
  const seconds = Math.min(refresh.maxSeconds, Math.max(refresh.minSeconds, wanted));
  return Math.max(Math.min(refresh.minSeconds, seconds), jittered(seconds, random));
}

/** Seconds until the next read after this many failures in a row: exponential, from the minimum. */
export function nextAttempt(failures: number, refresh: Refresh, random: number): number {
  const seconds = refresh.minSeconds * 2 ** Math.min(30, failures - 1);
  return jittered(Math.min(refresh.maxSeconds, seconds), random);
}
