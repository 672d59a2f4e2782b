import { resolve } from "node:path";
import { SECONDS_PER_DAY } from "../../core/time.ts";
import type { CertificateStore } from "../../providers/store.ts";
import type {
  DesiredState,
  GuardOverride,
  RotationPlan,
  RotationPolicy,
} from "../../rotation/index.ts";
import { invalidValue } from "../framework/arguments.ts";
import type { Invocation } from "../framework/command.ts";
import { UsageError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { certificateBytes, certificatesOf } from "../input/certificates.ts";
import { printable } from "../output/text.ts";

/** Plans for what the store holds right now. */
export async function makePlan(
  invocation: Invocation,
  io: Io,
  store: CertificateStore,
): Promise<RotationPlan> {
  const { planRotation } = await import("../../rotation/index.ts");
  const policy = policyOf(invocation);
  const desired = await readDesired(invocation, io);
  const identityProvider = invocation.value("identity-provider") ?? desired.identityProvider;
  return planRotation({
    desired: desired.certificates,
    stored: await store.list({ signal: io.signal }),
    policy,
    target: store,
    now: io.now(),
    ...(identityProvider !== undefined && { identityProvider }),
  });
}

/** What the options say that the identity provider signs with. */
async function readDesired(
  invocation: Invocation,
  io: Io,
): Promise<Pick<DesiredState, "certificates" | "identityProvider">> {
  const files = invocation.values("certificate");
  const location = invocation.value("metadata");
  if ((files.length === 0) === (location === undefined)) {
    throw new UsageError(
      "What the identity provider signs with is missing, or said twice.",
      "Give --certificate FILE or --metadata FILE|URL.",
    );
  }
  if (location === undefined) return { certificates: await certificatesOf(files, io) };
  const state = await readMetadata(location, invocation, io);
  for (const { message, hint } of state.findings)
    io.stderr.write(`note: ${printable(`${message} ${hint}`)}\n`);
  return state;
}

/** Reads identity-provider metadata from a file or a URL. */
export async function readMetadata(
  location: string,
  invocation: Invocation,
  io: Io,
): Promise<DesiredState> {
  const { createMetadataSource } = await import("../../trusted-keys/index.ts");
  const { desiredFromMetadata } = await import("../../rotation/index.ts");
  const source = createMetadataSource(
    /^https?:\/\//i.test(location)
      ? { url: location, allowPrivateAddresses: invocation.flag("allow-private-addresses") }
      : { file: resolve(io.cwd, location) },
  );
  const { bytes } = await source.read({ signal: io.signal });
  const anchor = invocation.value("trust");
  const entityId = invocation.value("entity-id");
  const trust = anchor && new TextDecoder().decode(await certificateBytes(anchor, io));
  return await desiredFromMetadata(bytes, {
    now: io.now(),
    ...(entityId !== undefined && { entityId }),
    ...(trust !== undefined && { trust: { certificates: [trust] } }),
    overrides: invocation.values("override") as readonly GuardOverride[],
  });
}

function policyOf(invocation: Invocation): RotationPolicy {
  const most = invocation.value("max-certificates");
  return {
    overlapSeconds: whole(invocation.value("overlap") ?? "", "overlap") * SECONDS_PER_DAY,
    minimumRemainingLifeSeconds:
      whole(invocation.value("minimum-life") ?? "", "minimum-life") * SECONDS_PER_DAY,
    replaceInPlace: invocation.flag("replace-in-place"),
    overrides: invocation.values("override") as readonly GuardOverride[],
    ...(invocation.flag("enabled") && { enabled: true }),
    ...(most !== undefined && { maxCertificates: whole(most, "max-certificates") }),
  };
}

/** A whole number up to four digits. */
export function whole(text: string, option: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw invalidValue(option, text, "Give a whole number, such as 5.");
}
