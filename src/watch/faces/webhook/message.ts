import { sha256Hex } from "../../../core/digest.ts";
import { BOOLEAN, checkOptions, INSTANT, type OptionKinds } from "../../../core/options.ts";
import { type Instant, isoTime, unixSeconds } from "../../../core/time.ts";
import type { ConnectionStatus } from "../../types.ts";
import { type CleanEvent, type CleanStatus, cleanStatuses } from "../clean.ts";

/** One event, and the connection after it. */
export interface WebhookEvent {
  /** The same in every repetition, so that a receiver can drop one. */
  readonly id: string;
  readonly type: string;
  /** ISO 8601. */
  readonly at: string;
  /** One sentence. */
  readonly message: string;
  readonly sha256?: string | undefined;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  readonly connection: {
    readonly id: string;
    readonly name: string;
    readonly kind: string;
    readonly source: string;
    readonly owner?: string | undefined;
    readonly labels: Readonly<Record<string, string>>;
    readonly state: string;
    readonly actionNeeded: boolean;
    readonly daysLeft?: number | undefined;
    readonly next?: { readonly who: string; readonly step: string } | undefined;
  };
}

/** The body of a webhook request. */
export interface WebhookBody {
  readonly format: "samlcert/webhook/v1";
  readonly type: "samlcert.watch";
  /** ISO 8601. */
  readonly timestamp: string;
  /** The events in words, for receivers that show this field, such as Slack. */
  readonly text: string;
  readonly events: readonly WebhookEvent[];
  /** The same words as an Adaptive Card, for Microsoft Teams. */
  readonly attachments?: readonly AdaptiveCardAttachment[] | undefined;
}

export interface AdaptiveCardAttachment {
  readonly contentType: "application/vnd.microsoft.card.adaptive";
  readonly content: Readonly<Record<string, unknown>>;
}

/** A request that is not sent yet. */
export interface WebhookMessage {
  /** The same for the same events: the header `webhook-id`. */
  readonly id: string;
  readonly body: WebhookBody;
}

/** Options of `webhook`. */
export interface WebhookOptions {
  readonly now: Instant;
  /** Adds an Adaptive Card for Microsoft Teams. Default: false. */
  readonly card?: boolean | undefined;
}

const OPTIONS: OptionKinds<WebhookOptions> = { now: INSTANT, card: BOOLEAN };

/** With a card, so many events stay below the 28 KB that Teams takes. */
const MOST_EVENTS = 20;
/** The longest sentence or name in the words, in characters. */
const LONGEST = 300;

/**
 * The events of the statuses as webhook messages of at most 20 events; none if nothing has changed.
 * `sendWebhook` sends them.
 *
 * @example
 * ```ts
 * import { type ConnectionStatus, webhook } from "samlcert/watch";
 *
 * export function show(statuses: readonly ConnectionStatus[]): void {
 *   for (const { body } of webhook(statuses, { now: new Date() })) console.log(body.text);
 * }
 * ```
 */
export function webhook(
  statuses: readonly ConnectionStatus[],
  options: WebhookOptions,
): readonly WebhookMessage[] {
  checkOptions(options, OPTIONS, "webhook");
  const now = unixSeconds(options?.now);
  const told = cleanStatuses(statuses).flatMap((status) =>
    status.events.map((event) => ({ event, status })),
  );
  const parts = Array.from({ length: Math.ceil(told.length / MOST_EVENTS) }, (_, index) =>
    told.slice(index * MOST_EVENTS, (index + 1) * MOST_EVENTS),
  );
  return parts.map((part) => messageOf(part, now, options.card === true));
}

interface Told {
  readonly event: CleanEvent;
  readonly status: CleanStatus;
}

function messageOf(told: readonly Told[], now: number, card: boolean): WebhookMessage {
  const lines = told.map(lineOf);
  const headline = headlineOf(told);
  const ids = told.map(({ event }) => event.id).join("\n");
  const body: WebhookBody = {
    format: "samlcert/webhook/v1",
    type: "samlcert.watch",
    timestamp: isoTime(now),
    text: [headline, ...lines.map((line) => `• ${line}`)].join("\n"),
    events: told.map(eventOf),
    ...(card && { attachments: [cardOf(headline, lines)] }),
  };
  return { id: `msg_${sha256Hex(new TextEncoder().encode(ids)).slice(0, 32)}`, body };
}

function headlineOf(told: readonly Told[]): string {
  const urgent = new Set(
    told.filter(({ status }) => status.actionNeeded).map(({ status }) => status),
  );
  const changes = told.length === 1 ? "1 change" : `${told.length} changes`;
  if (urgent.size === 0) return `SSO certificates: ${changes}, nothing to do`;
  return `SSO certificates: ${changes}, ${urgent.size} ${urgent.size === 1 ? "connection needs" : "connections need"} attention`;
}

function lineOf({ event, status }: Told): string {
  const { name, state, actionNeeded, next } = status;
  const step = actionNeeded && next ? ` Next step, for ${next.who}: ${next.step}` : "";
  return `${words(name)} (${state}): ${words(event.message)}${words(step)}`;
}

/** Slack reads `<...>` as a link or a mention of everybody; these are the typographic twins. */
function words(value: string): string {
  const short = value.length > LONGEST ? `${value.slice(0, LONGEST - 3)}...` : value;
  return short.replaceAll("<", "\u2039").replaceAll(">", "\u203a");
}

function eventOf({ event, status }: Told): WebhookEvent {
  const { id, name, kind, source, owner, labels, state, actionNeeded, daysLeft, next } = status;
  const connection = { id, name, kind, source, owner, labels, state, actionNeeded, daysLeft, next };
  return { ...event, at: isoTime(event.at), connection };
}

/** Text runs, because a text block would read Markdown in a name, such as a link. */
function cardOf(headline: string, lines: readonly string[]): AdaptiveCardAttachment {
  const block = (text: string, weight: string) => ({
    type: "RichTextBlock",
    inlines: [{ type: "TextRun", text, weight }],
  });
  return {
    contentType: "application/vnd.microsoft.card.adaptive",
    content: {
      $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
      type: "AdaptiveCard",
      version: "1.2",
      body: [block(headline, "Bolder"), ...lines.map((line) => block(line, "Default"))],
    },
  };
}
