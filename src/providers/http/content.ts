import { need } from "../../core/argument.ts";
import { providerError } from "../error.ts";
import type { Operation } from "./operation.ts";
import { deviations } from "./wire.ts";

/** The body of a request, as it is sent. */
export interface Content {
  readonly type: string;
  readonly text: string;
}

/** Deviations that are errors in an answer, but in a request are for the provider to judge. */
const LEFT_TO_PROVIDER = new Set(["is missing", "is not documented", "has an undocumented value"]);

/**
 * A body as JSON. Throws if it is no JSON object, or has a value of another type than documented;
 * called also before the first of several requests, so that an invalid call sends nothing.
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
  const fault = deviations(table, body, argument).find(
    ({ message }) => !LEFT_TO_PROVIDER.has(message),
  );
  if (fault === undefined) return text;
  const { path, message } = fault;
  const [, field] = path.split(/[.[]/);
  throw providerError(
    "provider.argument",
    { argument: path, problem: message },
    {
      provider,
      operation: id,
      outcome: "not_applied",
      issues: [{ message: `${path} ${message}.`, field }],
    },
  );
}

export function formContent(form: Readonly<Record<string, string>>): Content {
  return {
    type: "application/x-www-form-urlencoded",
    text: new URLSearchParams(form).toString(),
  };
}
