import { LONGEST_TIMER_MS } from "./numbers.ts";

/** Time and chance, replaceable so that a test of retries needs neither. */
export interface Clock {
  /** Unix milliseconds that never go back. */
  now(): number;
  /** Resolves after the delay, or as soon as the signal is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** From 0 up to but not including 1. */
  random(): number;
}

function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve();
      return;
    }
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, Math.min(milliseconds, LONGEST_TIMER_MS));
    signal?.addEventListener("abort", done, { once: true });
  });
}

/** The clock of this machine; monotonic, so that a corrected system clock moves no deadline. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  sleep,
  random: Math.random,
};
