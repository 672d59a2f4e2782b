/**
 * Throws a `TypeError` that names the argument unless `holds` is true: a wrong argument is a mistake in
 * the calling program, not in its input. If the check itself throws, it counts as failed.
 */
export function need(holds: () => unknown, argument: string, kind: string): void {
  try {
    if (holds()) return;
  } catch {}
  throw new TypeError(`${argument} must be ${kind}.`);
}

export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

export function isText(value: unknown): value is string {
  return typeof value === "string";
}

export function isFunction(value: unknown): boolean {
  return typeof value === "function";
}

/** True for the bytes of any realm, whose `Uint8Array` is another class. */
export function isUint8Array(value: unknown): value is Uint8Array {
  return (
    ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === "[object Uint8Array]"
  );
}
