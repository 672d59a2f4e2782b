import type { Severity } from "../finding.ts";

/** The place where a hint is read: in code, on a terminal, or in a form or page. */
export type Surface = "library" | "terminal" | "form";

/** The remedy, as an instruction: one text, or one for each surface on which it differs. */
export type Hint =
  | string
  | { readonly library: string; readonly terminal?: string; readonly form?: string };

/**
 * One code: its severity where no policy says otherwise (`fatal` is always thrown, or ends a report),
 * what is wrong, what to do, and the RFC section, specification or page it rests on.
 * A `{name}` in the message or the hint is replaced by a value of that name.
 */
export type CodeRow = readonly [
  severity: Severity | "fatal",
  message: string,
  hint: Hint,
  source: string,
];

export type CodeTable<Code extends string = string> = Readonly<Record<Code, CodeRow>>;

export type Values = Readonly<Record<string, string | number>>;

/** The words of one code, with its values filled in. */
export interface Words {
  readonly severity: Severity | "fatal";
  readonly message: string;
  readonly hint: string;
}

/** The words of `row` for one surface. Missing values stay visible as `{name}`. */
export function words(row: CodeRow, values: Values = {}, surface: Surface = "library"): Words {
  const [severity, message, hint] = row;
  const text = typeof hint === "string" ? hint : (hint[surface] ?? hint.library);
  return { severity, message: fill(message, values), hint: fill(text, values) };
}

/**
 * The hint of a finding or an error for a surface: that of its row if the advice differs there, otherwise
 * its own, in which the values are filled in.
 */
export function surfaceHint(row: CodeRow | undefined, surface: Surface, own: string): string {
  const hint = row?.[2];
  return typeof hint === "object" ? (hint[surface] ?? own) : own;
}

function fill(text: string, values: Values): string {
  return text.replaceAll(/\{(\w+)\}/g, (placeholder, name) => String(values[name] ?? placeholder));
}
