import { LONGEST_TIMER_MS } from "./numbers.ts";

/** Time and chance, replaceable so that a test of retries needs neither. */
export interface TimingOptions {
  /** The present. Default: the clock of this machine. */
  readonly clock?: (() => Date) | undefined;
  /** Waits between attempts; ends early when the signal is aborted. For tests. */
  readonly sleep?: ((milliseconds: number, signal?: AbortSignal) => Promise<void>) | undefined;
  /** A number from 0 up to but not including 1, for the jitter of the waits. For tests. */
  readonly random?: (() => number) | undefined;
}

export interface Timing {
  /** Unix milliseconds. */
  now(): number;
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  random(): number;
}

/** Waits; ends early, and without an error, when the signal is aborted. */
export function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
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

/** The system's time is monotonic here, so that a corrected clock moves no time limit. */
export function timingOf({ clock, ...own }: TimingOptions): Timing {
  return {
    now: clock === undefined ? () => performance.timeOrigin + performance.now() : () => +clock(),
    sleep: own.sleep ?? sleep,
    random: own.random ?? Math.random,
  };
}
