/** The number of results that may wait for a slow one, in multiples of the concurrency. */
const LEAD = 4;

/**
 * Maps with bounded concurrency and yields the results in the order of the items. Holds a bounded
 * number of results, for any number of items. Stops at the first rejection.
 */
export async function* inOrder<Item, Result>(
  items: Iterable<Item> | AsyncIterable<Item>,
  concurrency: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  const limit = limiter(concurrency);
  const ahead: Promise<Result>[] = [];
  try {
    for await (const item of items) {
      const result = limit(() => work(item));
      // Only the first rejection is reported; this handler keeps the others from being unhandled.
      result.catch(() => undefined);
      ahead.push(result);
      if (ahead.length >= concurrency * LEAD) yield await (ahead.shift() as Promise<Result>);
    }
    for (const result of ahead.splice(0)) yield await result;
  } finally {
    limit.stop();
  }
}

interface Limiter {
  <T>(work: () => Promise<T>): Promise<T>;
  /** Work that has not begun never begins. */
  stop(): void;
}

function limiter(concurrency: number): Limiter {
  const waiting: (() => void)[] = [];
  let running = 0;
  let stopped = false;
  const limit = async <T>(work: () => Promise<T>): Promise<T> => {
    if (running < concurrency) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      // The slot is handed over, so that no other call takes it in between.
      const next = stopped ? undefined : waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
  return Object.assign(limit, {
    stop() {
      stopped = true;
      waiting.length = 0;
    },
  });
}
