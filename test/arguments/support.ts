import { join } from "node:path";
import entries from "../../scripts/entries.json" with { type: "json" };

const root = join(import.meta.dirname, "..", "..");

export type Callable = (...args: readonly unknown[]) => unknown;

/** Each function that an entry of the package exports, except classes of errors. */
export async function publicFunctions(): Promise<ReadonlyMap<string, Callable>> {
  const found = new Map<string, Callable>();
  for (const file of Object.values(entries)) {
    const module: Record<string, unknown> = await import(join(root, file));
    for (const [name, value] of Object.entries(module)) {
      const isError = typeof value === "function" && value.prototype instanceof Error;
      if (typeof value === "function" && !isError) found.set(name, value as Callable);
    }
  }
  return found;
}

/** Calls a function, and takes from its result as much as shows that it works; gives what it throws. */
export async function outcomeOf(call: () => unknown): Promise<unknown> {
  try {
    const result = await call();
    if (typeof result !== "object" || result === null) return undefined;
    if (Symbol.asyncIterator in result)
      for await (const _ of result as AsyncIterable<unknown>) break;
    if (Symbol.asyncDispose in result) await (result as AsyncDisposable)[Symbol.asyncDispose]();
    return undefined;
  } catch (error) {
    return error;
  }
}
