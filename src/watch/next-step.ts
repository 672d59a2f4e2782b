import type { ConnectionKind, ConnectionState, NextStep } from "./types.ts";

/** The party that must act: we, the side that signs in people, or the side that publishes the source. */
type Party = "we" | "idp" | "publisher";

type Step = readonly [party: Party, step: string];

const PARTIES: Readonly<Record<Exclude<Party, "we">, string>> = {
  idp: "the administrator of the identity provider",
  publisher: "whoever publishes the source",
};

/** The steps that are the same for every kind of connection. */
const COMMON: Readonly<Record<ConnectionState, Step>> = {
  down: ["idp", "Make a new certificate, and send it to everybody who trusts the old one."],
  missing: ["we", "Store the published certificate now: samlcert rotate."],
  unverified: ["publisher", "Publish the metadata again, signed and with a validUntil to come."],
  unreadable: ["we", "Check that the source leads to certificates or metadata, not to a web page."],
  unreachable: ["we", "Check the address, the network and the credentials of the source."],
  stale: ["we", "Read the last failure in the report of the trusted keys, and remove its cause."],
  expiring: ["idp", "Make the next certificate, and publish it before this one ends."],
  retirement_due: ["we", "Retire the old certificate: samlcert rotate resume."],
  switched: ["we", "Retire the old certificate: samlcert rotate resume."],
  unconfirmed: ["we", "Compare the new fingerprint with the identity provider, then approve it."],
  next_missing: ["we", "Store the next certificate too: samlcert rotate."],
  awaiting_approval: [
    "we",
    "Have the new certificate approved at the provider: samlcert rotate resume.",
  ],
  awaiting_switch: ["idp", "Sign with the next certificate."],
  active: ["we", "Read the errors of this connection."],
};

/** The steps that differ for a kind. */
const OWN: Readonly<Partial<Record<ConnectionKind, Partial<Record<ConnectionState, Step>>>>> = {
  store: {
    down: ["we", "Store a valid certificate of the identity provider: samlcert rotate."],
  },
  certificates: {
    unreachable: ["we", "Check that the file or the variable exists and can be read."],
  },
  own_keys: {
    down: ["we", "Make a new key pair: samlcert key create."],
    expiring: ["we", "Make the next key pair and announce it: samlcert key rollover next."],
    retirement_due: ["we", "Retire the old key: samlcert key rollover next."],
    awaiting_switch: ["idp", "Read our metadata with the next key."],
  },
};

/** The next step for a connection in a state. */
export function nextStep(
  kind: ConnectionKind,
  state: ConnectionState,
  owner: string | undefined,
): NextStep {
  const [party, step] = OWN[kind]?.[state] ?? COMMON[state];
  return { who: party === "we" ? (owner ?? "you") : PARTIES[party], step };
}
