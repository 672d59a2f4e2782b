import type { Queue, Urgency } from "./state.ts";

/** In the order in which work is taken. */
const LANES: readonly Urgency[] = ["waiting", "scheduled", "failing"];

/**
 * Runs at most `concurrency` reads at once, each lane first in, first out. Sources that failed the last
 * time get a quarter of the places, so that slow and broken ones never keep the others waiting.
 */
export function createQueue(concurrency: number): Queue {
  const lanes: Record<Urgency, (() => void)[]> = { waiting: [], scheduled: [], failing: [] };
  const limits: Record<Urgency, number> = {
    waiting: concurrency,
    scheduled: concurrency,
    failing: Math.max(1, Math.floor(concurrency / 4)),
  };
  const running: Record<Urgency, number> = { waiting: 0, scheduled: 0, failing: 0 };
  let total = 0;

  function next(): void {
    while (total < concurrency) {
      const lane = LANES.find((one) => lanes[one].length > 0 && running[one] < limits[one]);
      const start = lane && lanes[lane].shift();
      if (start === undefined) return;
      start();
    }
  }

  return async (urgency, work) => {
    await new Promise<void>((resolve) => {
      lanes[urgency].push(() => {
        total += 1;
        running[urgency] += 1;
        resolve();
      });
      next();
    });
    try {
      return await work();
    } finally {
      total -= 1;
      running[urgency] -= 1;
      next();
    }
  };
}
