import { AsyncLocalStorage } from "node:async_hooks";

/** The watch over one piece of work: it is given up once nothing has happened for too long. */
export interface StallWatch {
  /** Something happened. */
  alive(): void;
  /** Stops the clock, while the work waits for its turn; returns the function that starts it again. */
  pause(): () => void;
  stop(): void;
}

/** The watch of the work that is being done, for the code that waits on its behalf. */
const watches = new AsyncLocalStorage<StallWatch>();

/** Calls `onStall` once nothing has happened for too long. */
export function watchStall(milliseconds: number, onStall: () => void): StallWatch {
  let timer: NodeJS.Timeout | undefined;
  let pauses = 0;
  const alive = () => {
    clearTimeout(timer);
    if (pauses > 0) return;
    timer = setTimeout(onStall, milliseconds);
    timer.unref();
  };
  alive();
  return {
    alive,
    pause() {
      pauses += 1;
      clearTimeout(timer);
      let isPaused = true;
      return () => {
        if (isPaused) pauses -= 1;
        isPaused = false;
        alive();
      };
    },
    stop() {
      pauses = Number.POSITIVE_INFINITY;
      clearTimeout(timer);
    },
  };
}

export function withWatch<T>(watch: StallWatch, work: () => Promise<T>): Promise<T> {
  return watches.run(watch, work);
}

/** Stops the clock of the present work, if it has one. */
export function pauseStall(): () => void {
  return watches.getStore()?.pause() ?? (() => undefined);
}
