/**
 * Statuses may come from JSON, where a field has any type. The writers therefore escape every value,
 * and take a time or a number only if it is one.
 */

/** Text that cannot become markup, nor change the direction of the text after it. */
export function html(value: unknown): string {
  return plain(value)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** Text without lone surrogates and the characters that control a terminal. */
export function plain(value: unknown): string {
  return textOf(value).replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "\uFFFD");
}

/** The value of a label of Prometheus, from plain text. */
export function label(text: string): string {
  return /["\\]/.test(text) ? text.replaceAll(/["\\]/g, "\\$&") : text;
}

/** The farthest second, before and after 1970, that a `Date` can tell. */
const LAST_SECOND = 8_640_000_000_000;

/** Whole unix seconds of a time that exists; undefined for anything else. */
export function seconds(value: unknown): number | undefined {
  const whole = number(value);
  return whole !== undefined && Math.abs(whole) <= LAST_SECOND ? Math.floor(whole) : undefined;
}

/** A finite number; undefined for anything else. */
export function number(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value !== "object") return String(value);
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return "?";
  }
}
