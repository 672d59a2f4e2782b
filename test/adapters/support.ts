import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import {
  createTestCertificate,
  type FakeIdentityProvider,
  startFakeIdentityProvider,
} from "../../src/testing/index.ts";
import {
  createTrustedKeys,
  type FollowedProvider,
  type TrustedKeys,
} from "../../src/trusted-keys/index.ts";
import { load, sectionBlock } from "../docs/support/programs.ts";

export const SP = "https://sp.example.com";
export const ACS = "https://sp.example.com/acs";
const GUIDE = "docs/guides/follow-idp-keys.md";

const ends: (() => unknown)[] = [];
afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

/** Runs at the end of the file's tests, the latest first. */
export function atEnd(end: () => unknown): void {
  ends.push(end);
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "samlcert-adapters-"));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The program below a heading of the guide; its metadata is on this machine. */
export async function programOf<Program>(heading: string): Promise<Program> {
  const code = sectionBlock(GUIDE, heading);
  return await load<Program>(
    code.replace(/source: \{ url/, "source: { allowPrivateAddresses: true, url"),
  );
}

export async function startIdp(): Promise<FakeIdentityProvider> {
  const make = (CN: string) => createTestCertificate({ subject: { CN }, keyAlgorithm: "RSA-2048" });
  const certificates = [await make("current"), await make("next")] as const;
  const idp = await startFakeIdentityProvider({ certificates });
  atEnd(() => idp.close());
  return idp;
}

export function sourceOf({ metadataUrl, entityId }: FakeIdentityProvider): FollowedProvider {
  return { source: { url: metadataUrl, allowPrivateAddresses: true }, entityId };
}

export async function keysOf(idp: FakeIdentityProvider): Promise<TrustedKeys> {
  const keys = createTrustedKeys(sourceOf(idp));
  atEnd(() => keys[Symbol.asyncDispose]());
  await keys.refresh();
  return keys;
}

/**
 * The sign-ins of a person while the identity provider changes its key: `signIn` is tried before, between
 * and after, `follow` takes the keys that are published.
 */
export async function changeOfKeys(
  idp: FakeIdentityProvider,
  signIn: () => Promise<string>,
  follow: () => Promise<unknown>,
): Promise<readonly string[]> {
  const [current, next] = [idp.certificate(), idp.next()];
  const attempt = () => signIn().catch(() => "refused");
  const told = [await attempt()];
  idp.signWith(next);
  told.push(await attempt());
  idp.signWith(current);
  idp.publish([current, next]);
  await follow();
  told.push(await attempt());
  idp.signWith(next);
  told.push(await attempt());
  idp.withdraw(current);
  await follow();
  told.push(await attempt());
  idp.signWith(current);
  told.push(await attempt());
  return told;
}

/** The answers of `changeOfKeys` where every key is followed, for a person with this name. */
export function followed(person: string): readonly string[] {
  return [person, "refused", person, person, person, "refused"];
}
