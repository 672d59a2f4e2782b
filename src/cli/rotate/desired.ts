import { resolve } from "node:path";
import { SECONDS_PER_DAY } from "../../core/time.ts";
import type {
  DesiredState,
  EvidenceSource,
  GuardOverride,
  RetirePolicy,
  RotationPlan,
  RotationPolicy,
} from "../../rotation/index.ts";
import { invalidValue } from "../framework/arguments.ts";
import type { Invocation } from "../framework/command.ts";
import { UsageError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { chainsOf, trustedCertificates } from "../input/certificates.ts";
import { printable } from "../output/text.ts";
import type { OpenConnection } from "./connection.ts";
import { newestPlan } from "./journal.ts";

/** Plans for the certificates that the store lists now. */
export async function makePlan(
  invocation: Invocation,
  io: Io,
  { store, entityId }: OpenConnection,
): Promise<RotationPlan> {
  const { identityProviderOf, planRotation } = await import("../../rotation/index.ts");
  const policy = policyOf(invocation);
  const location = desiredLocation(invocation);
  if (invocation.flag("again")) return await planAgain(invocation, io, store);
  // Read before the provider is asked: a wrong file costs no request.
  const given = await chainsOf(invocation.values("certificate"), io);
  const issuer = await entityId();
  const named = invocation.value("identity-provider");
  const identityProvider = named ?? (issuer === undefined ? undefined : identityProviderOf(issuer));
  const input = {
    stored: await store.list({ signal: io.signal }),
    policy,
    target: store,
    now: io.now(),
    // A person who names another one has said so.
    ...(invocation.value("entity-id") === undefined &&
      issuer !== undefined && { entityId: issuer }),
    ...(identityProvider !== undefined && { identityProvider }),
  };
  if (location === undefined) {
    const texts = given.map((chain) =>
      [chain.certificate, ...chain.issuers].map(({ pem }) => pem).join(""),
    );
    return planRotation({ ...input, desired: texts });
  }
  const source = await evidenceSource(location, invocation, io, issuer);
  const { certificates, entityId: found, findings } = await readMetadata(source, invocation, io);
  for (const { message, hint } of findings) {
    io.stderr.write(`note: ${printable(`${message} ${hint}`)}\n`);
  }
  return planRotation({
    ...input,
    desired: certificates,
    source: { ...source, entityId: found },
    ...(identityProvider === undefined && { identityProvider: identityProviderOf(found) }),
  });
}

/** Plans for the goal of the connection's newest rotation, with what the store lists now. */
async function planAgain(
  invocation: Invocation,
  io: Io,
  store: OpenConnection["store"],
): Promise<RotationPlan> {
  const { planRotation } = await import("../../rotation/index.ts");
  const earlier = await newestPlan(store, invocation, io);
  const { policy, source, identityProvider } = earlier;
  const published = source && (await readMetadata(source, invocation, io)).certificates;
  return planRotation({
    desired: published ?? earlier.desired.map(({ pem }) => pem),
    stored: await store.list({ signal: io.signal }),
    policy,
    target: store,
    now: io.now(),
    ...(source && { source }),
    ...(identityProvider !== undefined && { identityProvider }),
  });
}

/** The place of the metadata; undefined if the options name certificate files instead. */
function desiredLocation(invocation: Invocation): string | undefined {
  const location = invocation.value("metadata");
  const isGiven = [
    invocation.values("certificate").length > 0,
    location !== undefined,
    invocation.flag("again"),
  ];
  if (isGiven.filter(Boolean).length === 1) return location;
  throw new UsageError(
    "Give exactly one of --certificate, --metadata and --again.",
    "--certificate FILE can be repeated; --metadata takes a file or a URL.",
  );
}

/** Where the evidence is read: absolute, so that the plan works from any folder. */
export async function evidenceSource(
  location: string,
  invocation: Invocation,
  io: Io,
  issuer?: string,
): Promise<EvidenceSource> {
  const anchor = invocation.value("trust");
  const entityId = invocation.value("entity-id") ?? issuer;
  const trusted = anchor === undefined ? [] : await trustedCertificates([anchor], io);
  return {
    ...(/^https?:\/\//i.test(location) ? { url: location } : { file: resolve(io.cwd, location) }),
    ...(entityId !== undefined && { entityId }),
    ...(trusted.length > 0 && { trust: trusted.map(({ pem }) => pem) }),
    ...(invocation.flag("allow-private-addresses") && { allowPrivateAddresses: true }),
  };
}

/** Reads the identity provider's certificates. */
export async function readMetadata(
  { url, file, entityId, trust, allowPrivateAddresses = false }: EvidenceSource,
  invocation: Invocation,
  io: Io,
): Promise<DesiredState> {
  const { createMetadataSource } = await import("../../trusted-keys/index.ts");
  const { desiredFromMetadata } = await import("../../rotation/index.ts");
  const place = url === undefined ? { file } : { url, allowPrivateAddresses };
  const { bytes } = await createMetadataSource(place).read({ signal: io.signal });
  return await desiredFromMetadata(bytes, {
    now: io.now(),
    ...(entityId !== undefined && { entityId }),
    ...(trust && { trust: { certificates: trust } }),
    overrides: invocation.values("override") as readonly GuardOverride[],
  });
}

function policyOf(invocation: Invocation): RotationPolicy {
  const most = invocation.value("max-certificates");
  const first = invocation.values("remove-first");
  const number = (name: string) => whole(invocation.value(name) ?? "", name);
  return {
    retire: retireOf(invocation),
    cacheSeconds: number("cache") * 60,
    minimumRemainingLifeSeconds: number("minimum-life") * SECONDS_PER_DAY,
    replaceInPlace: invocation.flag("replace-in-place"),
    overrides: invocation.values("override") as readonly GuardOverride[],
    ...(first.length > 0 && { removeFirst: first }),
    ...(invocation.flag("enabled") && { enabled: true }),
    ...(most !== undefined && { maxCertificates: whole(most, "max-certificates") }),
  };
}

function retireOf(invocation: Invocation): RetirePolicy {
  const overlap = invocation.value("overlap");
  if (overlap !== undefined) return { afterSeconds: whole(overlap, "overlap") * SECONDS_PER_DAY };
  const rule = invocation.value("retire") ?? "";
  const [kind, amount = ""] = rule.split("=", 2);
  if (rule === "confirmed" || rule === "never") return rule;
  if (kind === "unpublished") return { unpublishedFor: whole(amount, "retire") * SECONDS_PER_DAY };
  if (kind === "signed-in") return { signedWithNew: whole(amount, "retire") };
  throw invalidValue("retire", rule, "Use confirmed, never, unpublished=DAYS or signed-in=NUMBER.");
}

/** A whole number of up to four digits. */
export function whole(text: string, option: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw invalidValue(option, text, "Give a whole number, such as 5.");
}
