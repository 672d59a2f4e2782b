import type { ProviderIssue } from "../error.ts";

const LONGEST_MESSAGE = 300;
const MOST_ISSUES = 20;

/** One line without control characters, which a terminal would obey, and of bounded length. */
export function plainLine(text: string): string {
  const line = text
    .slice(0, 4 * LONGEST_MESSAGE)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim();
  return line.length > LONGEST_MESSAGE ? `${line.slice(0, LONGEST_MESSAGE)}...` : line;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") return undefined;
  const line = plainLine(value);
  return line === "" ? undefined : line;
}

type Body = Readonly<Record<string, unknown>>;

function isBody(value: unknown): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `{message, field, error_id}`, Keycard's `{message, code, status}`, OAuth's `{error, ...}`. */
function issueOf(value: unknown): ProviderIssue | undefined {
  if (!isBody(value)) {
    const message = textOf(value);
    return message === undefined ? undefined : { message };
  }
  const field = textOf(value["field"]);
  const errorId = textOf(value["error_id"] ?? value["code"] ?? value["id"]);
  const message =
    textOf(value["message"]) ??
    textOf(value["error_description"]) ??
    textOf(value["detail"]) ??
    textOf(value["error"]) ??
    textOf(value["title"]) ??
    errorId;
  if (message === undefined) return undefined;
  return {
    message,
    ...(field === undefined ? {} : { field }),
    ...(errorId === undefined || errorId === message ? {} : { errorId }),
  };
}

/** The title of an HTML page, such as a proxy's. */
function pageTitle(html: string): string {
  const head = html.slice(0, 8192);
  const lower = head.toLowerCase();
  const start = lower.indexOf("<title>");
  const end = lower.indexOf("</title>", start);
  const title = start === -1 || end === -1 ? "" : plainLine(head.slice(start + 7, end));
  return title === "" ? "an HTML page" : `an HTML page: ${title}`;
}

/**
 * The errors in an error body of any known form: a bare array, `{errors}`,
 * `{error}`, `{message}`, plain text, or an HTML page. Empty for an unreadable body.
 */
export function readIssues(text: string, json: unknown): readonly ProviderIssue[] {
  if (json === undefined) {
    const start = text.trimStart();
    if (start === "") return [];
    const message = start.startsWith("<") ? pageTitle(start) : plainLine(start);
    return [{ message }];
  }
  const wrapped = isBody(json) ? (json["errors"] ?? json["error"]) : json;
  const list = Array.isArray(wrapped) ? wrapped : isBody(wrapped) ? [wrapped] : [json];
  return list
    .slice(0, MOST_ISSUES)
    .map(issueOf)
    .filter((issue) => issue !== undefined);
}
