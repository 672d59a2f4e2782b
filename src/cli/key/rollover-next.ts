import { isSamlCertError } from "../../core/errors.ts";
import { isoTime } from "../../core/time.ts";
import type { RolloverFile, RolloverState, RolloverUse } from "../../keys/index.ts";
import { type Command, type Invocation, JSON_OPTION } from "../framework/command.ts";
import { EXIT, UsageError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { certificateBytes } from "../input/certificates.ts";
import { errorJson, jsonDocument } from "../output/json.ts";
import { printable } from "../output/text.ts";
import { needed, pathOf, planText, STATE_OPTION } from "./rollover.ts";

type Keys = typeof import("../../keys/index.ts");

const USES = ["signing", "encryption"] as const;

/** `samlcert key rollover next`: does the next step. */
export const rolloverNextCommand: Command = {
  name: "key rollover next",
  summary: "do the next step of a key rollover, if there is evidence for it",
  description:
    "Start with --current and every identity provider. The steps are: announce the next key, with --certificate; use it after every identity provider has read the metadata; retire the former key. Record with --read that an identity provider has read the metadata as it is now, or give --confirmed if you know that all have. Ends with 6 while a step must wait.",
  options: [
    STATE_OPTION,
    {
      name: "use",
      value: "USE",
      summary: "the purpose of the key",
      choices: USES,
      default: "signing",
    },
    { name: "current", value: "FILE", summary: "the certificate of the current key, at the start" },
    { name: "certificate", value: "FILE", summary: "the certificate of the next key" },
    {
      name: "identity-provider",
      value: "ENTITYID",
      summary: "one that reads the metadata by itself, at the start",
      multiple: true,
    },
    {
      name: "by-hand",
      value: "ENTITYID",
      summary: "one that a person gives the metadata, at the start",
      multiple: true,
    },
    {
      name: "read",
      value: "ENTITYID",
      summary: "one that has read the metadata as it is now",
      multiple: true,
    },
    { name: "confirmed", summary: "you know that every identity provider is ready" },
    { name: "compromised", summary: "the former key has leaked: retire it at once" },
    JSON_OPTION,
  ],
  examples: [
    {
      command:
        "samlcert key rollover next --current sp.crt --certificate sp-next.crt --identity-provider https://idp.example.com",
      does: "start, and announce the next key",
    },
    {
      command: "samlcert key rollover next --read https://idp.example.com",
      does: "record a reading, and do the step that waits for it",
    },
  ],
  formats: ["key-rollover-next"],
  async run(invocation, io) {
    const keys = await import("../../keys/index.ts");
    const use = invocation.value("use") as RolloverUse;
    const file = keys.rolloverFile(pathOf(invocation, io), {
      onEvent: ({ at, type }) => io.stderr.write(`${isoTime(at)} ${type}\n`),
    });
    await start(file, { keys, use, invocation, io });
    await recordReadings(file, { keys, use, invocation, io });
    const next = await certificateOf("certificate", invocation, io);
    try {
      const step = (state: RolloverState | undefined): RolloverState =>
        nextState(needed(state), next, { keys, use, invocation, io });
      const after = await file.update(step);
      const plans = keys.planKeyRollover(after, io.now()).filter((plan) => plan.use === use);
      io.stdout.write(
        invocation.flag("json")
          ? jsonDocument("key-rollover-next", { plans })
          : plans.map(planText).join(""),
      );
      return EXIT.ok;
    } catch (error) {
      const isWaiting =
        isSamlCertError(error, "keys.rollover_evidence") ||
        isSamlCertError(error, "keys.rollover_in_flight");
      if (!isWaiting) throw error;
      if (invocation.flag("json")) {
        const plans = keys.planKeyRollover(needed(await file.read()), io.now());
        const waiting = errorJson(error);
        io.stdout.write(
          jsonDocument("key-rollover-next", {
            plans: plans.filter((plan) => plan.use === use),
            waiting,
          }),
        );
      } else io.stderr.write(`waiting: ${printable(error.message)}\n`);
      return EXIT.waiting;
    }
  },
};

interface Context {
  readonly keys: Keys;
  readonly use: RolloverUse;
  readonly invocation: Invocation;
  readonly io: Io;
}

/** Makes the state with the key of `--current`, unless there is one. */
async function start(file: RolloverFile, { keys, use, invocation, io }: Context): Promise<void> {
  const current = await certificateOf("current", invocation, io);
  if (current === undefined) return;
  const named = (option: string, metadata: "polls" | "by_hand") =>
    invocation.values(option).map((entityId) => ({ entityId, metadata }));
  const identityProviders = [
    ...named("identity-provider", "polls"),
    ...named("by-hand", "by_hand"),
  ];
  if (identityProviders.length === 0) {
    throw new UsageError(
      "A rollover needs the identity providers that have the metadata.",
      "Give --identity-provider ENTITYID or --by-hand ENTITYID for each.",
    );
  }
  await file.update((state) => {
    if (state === undefined) {
      return keys.startRollover({ [use]: current, identityProviders, now: io.now() });
    }
    throw new UsageError("This rollover has been started already.", "Leave --current out.");
  });
}

async function recordReadings(file: RolloverFile, { keys, invocation, io }: Context) {
  const readers = invocation.values("read");
  if (readers.length === 0) return;
  const now = io.now();
  await file.update((state) => {
    const { publish } = keys.keysFor(needed(state), now);
    const [signing = [], encryption = []] = [publish.signing, publish.encryption].map((list) =>
      list.map(({ spkiSha256 }) => spkiSha256),
    );
    return readers.reduce(
      (before, entityId) => keys.recordRead(before, { entityId, signing, encryption, now }),
      needed(state),
    );
  });
}

function nextState(
  state: RolloverState,
  next: Uint8Array | undefined,
  { keys, use, invocation, io }: Context,
): RolloverState {
  const now = io.now();
  const plan = keys.planKeyRollover(state, now).find((one) => one.use === use);
  if (plan === undefined) {
    throw new UsageError(
      `This rollover has no ${use} key.`,
      "Use a state of its own for each purpose: --state FILE.",
    );
  }
  const [announce, useNext, retire] = plan.steps;
  if (announce?.status === "due") {
    if (next !== undefined) return keys.announceKey(state, { use, certificate: next, now });
    throw new UsageError("The next step announces a key.", "Give its --certificate FILE.");
  }
  if (next !== undefined) return keys.announceKey(state, { use, certificate: next, now });
  const confirmed = invocation.flag("confirmed");
  if (useNext?.status !== "done") return keys.useNextKey(state, { use, confirmed, now });
  const compromised = invocation.flag("compromised");
  const spkiSha256 = retire?.spkiSha256 ?? "";
  return keys.retireKey(state, { use, spkiSha256, confirmed, compromised, now });
}

async function certificateOf(
  option: "current" | "certificate",
  invocation: Invocation,
  io: Io,
): Promise<Uint8Array | undefined> {
  const path = invocation.value(option);
  return path === undefined ? undefined : await certificateBytes(path, io);
}
