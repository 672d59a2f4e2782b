import v8 from "node:v8";
import vm from "node:vm";

declare const Bun: { gc(force: boolean): void } | undefined;

/** Collects garbage now, in a runtime that is not started with --expose-gc too. */
export function collectGarbage(): void {
  if (typeof Bun !== "undefined") {
    Bun.gc(true);
    return;
  }
  v8.setFlagsFromString("--expose-gc");
  vm.runInNewContext("globalThis.gc?.()");
}
