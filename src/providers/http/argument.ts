import { need } from "../../core/argument.ts";

/** Throws a `TypeError` for what cannot end a call. */
export function needSignal(signal: AbortSignal | null | undefined): void {
  need(
    () => typeof (signal ?? new AbortController().signal).addEventListener === "function",
    "signal",
    "an AbortSignal",
  );
}

/** Throws a `TypeError` that names the first that is there and cannot be called. */
export function needFunctions(options: Readonly<Record<string, unknown>>): void {
  for (const [name, option] of Object.entries(options)) {
    need(() => typeof (option ?? need) === "function", name, "a function");
  }
}
