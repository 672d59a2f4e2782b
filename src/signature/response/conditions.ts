import type { Finding } from "../../core/finding.ts";
import { quoted } from "../../core/quote.ts";
import { isoTime } from "../../core/time.ts";
import { namespaces } from "../../core/uris.ts";
import { dateTimeSeconds } from "../../metadata/elements/simple-types.ts";
import { attributeOf } from "../../xml/element.ts";
import { found } from "./issue.ts";
import type { AssertionElement } from "./message.ts";
import type { AssertionFacts, MessageFacts } from "./types.ts";

/** The time and the names to compare a message with. */
export interface Expectations {
  /** Unix seconds. */
  readonly now: number;
  readonly skew: number;
  readonly audience?: string | undefined;
  readonly recipient?: string | undefined;
}

const BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
const SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success";
const UNITS: readonly (readonly [number, string])[] = [
  [86_400, "day"],
  [3600, "hour"],
  [60, "minute"],
  [1, "second"],
];

/** Such as `3 days`. */
function spanText(seconds: number): string {
  const [size, unit] = UNITS.find(([one]) => seconds >= one) ?? [1, "second"];
  const count = Math.floor(seconds / size);
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** The findings about a time that must be past, or must not be. */
function timeFinding(
  name: string,
  value: string | undefined,
  kind: "start" | "end",
  { now, skew }: Expectations,
): readonly Finding[] {
  if (value === undefined) return [];
  const seconds = dateTimeSeconds(value);
  if (seconds === undefined) return [found("response.time", { name, value: quoted(value) })];
  const time = isoTime(seconds);
  if (kind === "end" && seconds + skew <= now) {
    return [found("response.expired", { name, ago: spanText(now - seconds), time })];
  }
  if (kind === "start" && seconds - skew > now) {
    return [found("response.not_yet_valid", { name, ago: spanText(seconds - now), time })];
  }
  return [];
}

/** The times of a message and its assertions. */
export function timeFindings(
  message: MessageFacts,
  assertions: readonly AssertionFacts[],
  expected: Expectations,
): readonly Finding[] {
  return [
    ...timeFinding("IssueInstant", message.issueInstant, "start", expected),
    ...assertions.flatMap(({ notBefore, notOnOrAfter, confirmations }) => [
      ...timeFinding("NotBefore", notBefore, "start", expected),
      ...timeFinding("NotOnOrAfter", notOnOrAfter, "end", expected),
      ...confirmations.flatMap((one) =>
        timeFinding("NotOnOrAfter of the confirmation", one.notOnOrAfter, "end", expected),
      ),
    ]),
  ];
}

/** The status, and assertions that are missing or too many. */
export function contentFindings(
  { type, status }: MessageFacts,
  assertions: readonly AssertionFacts[],
): readonly Finding[] {
  if (type !== "Response" && type !== "Assertion") {
    return [
      found("response.other_message", { type: `${/^[AEIOU]/.test(type) ? "an" : "a"} ${type}` }),
      ...statusFinding(status),
    ];
  }
  const count = assertions.length;
  const isFailure = status !== undefined && status.codes[0] !== SUCCESS;
  return [
    ...statusFinding(status),
    ...(count === 0 && !isFailure ? [found("response.no_assertion")] : []),
    ...(count > 1 ? [found("response.several_assertions", { count })] : []),
    ...(assertions.some(({ encrypted }) => encrypted) ? [found("response.encrypted")] : []),
  ];
}

function statusFinding(status: MessageFacts["status"]): readonly Finding[] {
  if (status === undefined || status.codes[0] === SUCCESS) return [];
  const codes = status.codes.map((code) => code.split(":").at(-1)).join(", ");
  const text = status.message === undefined ? "" : ` (${quoted(status.message)})`;
  return [found("response.status", { status: `${codes}${text}` })];
}

/** The issuers of a message and of its assertions. */
export function issuerFindings(
  message: MessageFacts,
  assertions: readonly AssertionFacts[],
  known: readonly string[] | undefined,
): readonly Finding[] {
  const readable = assertions.filter(({ encrypted }) => !encrypted);
  const issuer = message.issuer ?? readable[0]?.issuer;
  const isUnknown = known !== undefined && issuer !== undefined && !known.includes(issuer);
  return [
    ...readable.flatMap((one) => {
      if (one.issuer === undefined)
        return [found("response.issuer_missing", { element: "assertion" })];
      if (message.issuer === undefined || message.issuer === one.issuer) return [];
      const values = { assertion: quoted(one.issuer), response: quoted(message.issuer) };
      return [found("response.issuer_differs", values)];
    }),
    ...(isUnknown ? [found("response.issuer_unknown", { issuer: quoted(issuer) })] : []),
  ];
}

/** The version of a message and its assertions. */
export function versionFindings(
  elements: readonly AssertionElement["element"][],
): readonly Finding[] {
  return elements.flatMap((element) => {
    const version = attributeOf(element, "Version");
    const isEncrypted = element.localName === "EncryptedAssertion";
    if (version === "2.0" || isEncrypted || element.namespace === namespaces.md) return [];
    const values = { element: element.localName, version: quoted(version ?? "") };
    return [found("response.version", values)];
  });
}

/** The audience of each assertion that can be read. */
export function audienceFindings(
  assertions: readonly AssertionFacts[],
  { audience }: Expectations,
): readonly Finding[] {
  return assertions.flatMap(({ encrypted, audiences }) => {
    if (encrypted) return [];
    if (audiences.length === 0) return [found("response.audience_missing")];
    if (audience === undefined || audiences.includes(audience)) return [];
    const shown = audiences.slice(0, 3).map(quoted).join(", ");
    return [found("response.audience", { audiences: shown, expected: quoted(audience) })];
  });
}

/** The URL that a message and its assertions are for. */
export function recipientFindings(
  { destination }: MessageFacts,
  assertions: readonly AssertionFacts[],
  { recipient }: Expectations,
): readonly Finding[] {
  const readable = assertions.filter(({ encrypted }) => !encrypted);
  const bearers = readable.map(({ confirmations }) =>
    confirmations.filter(({ method }) => method === BEARER),
  );
  const incomplete = bearers.filter(
    (ones) => !ones.some((one) => one.recipient !== undefined && one.notOnOrAfter !== undefined),
  );
  const places: (readonly [string, string | undefined])[] = [
    ["Destination", destination],
    ...bearers.flat().map(({ recipient: url }) => ["Recipient", url] as const),
  ];
  const wrong = places.filter(
    ([, url]) => recipient !== undefined && url !== undefined && url !== recipient,
  );
  return [
    ...incomplete.slice(0, 1).map(() => found("response.confirmation_missing")),
    ...wrong.map(([name, url]) =>
      found("response.recipient", {
        name,
        found: quoted(url ?? ""),
        expected: quoted(recipient ?? ""),
      }),
    ),
  ];
}
