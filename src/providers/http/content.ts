import { need } from "../../core/argument.ts";
import { ProviderError } from "../error.ts";
import type { Operation } from "./operation.ts";
import { departures } from "./wire.ts";

/** The body of a request, as it is sent. */
export interface Content {
  readonly type: string;
  readonly text: string;
}

/** Faults of an answer, but not of what a caller writes: there, the provider is the judge of them. */
const PROVIDERS_BUSINESS = new Set(["is missing", "is not documented"]);

/**
 * A body as JSON. Throws where it is none, or has a value of another type than documented; called
 * also before the first of several requests, so that nothing is sent of a call that cannot be right.
 */
export function bodyText(
  { id, body: table = {} }: Operation,
  body: unknown,
  provider: string,
  argument = "body",
): string {
  let text = "";
  const write = (): boolean => {
    text = JSON.stringify(body);
    return text.startsWith("{");
  };
  need(write, argument, "a JSON object");
  const fault = departures(table, body, argument).find(
    ({ message }) => !PROVIDERS_BUSINESS.has(message),
  );
  if (fault === undefined) return text;
  const { path } = fault;
  const message = `${path} ${fault.message}.`;
  const [, field] = path.split(/[.[]/);
  throw new ProviderError("provider.argument", message, {
    provider,
    operation: id,
    outcome: "not_applied",
    hint: `Correct ${path}; nothing was sent.`,
    issues: [{ message, field }],
  });
}

export function formContent(form: Readonly<Record<string, string>>): Content {
  return {
    type: "application/x-www-form-urlencoded",
    text: new URLSearchParams(form).toString(),
  };
}
