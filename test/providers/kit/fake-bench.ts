import { type Certificate, validateCertificate } from "../../../src/certificates/index.ts";
import type { TimingOptions } from "../../../src/providers/index.ts";
import type { CertificateStore } from "../../../src/providers/store.ts";
import type { FakeRequest, FakeServer, Fault, StoreBench } from "../../../src/testing/index.ts";

/** The stored texts of a fake, which the bench changes as another writer does. */
export interface FakeTexts {
  get(): readonly string[];
  set(texts: readonly string[]): void;
  /** The form in which the provider keeps a certificate. */
  form(certificate: Certificate): string;
}

/** Options of a client without sockets and without waits. */
export interface Quick extends TimingOptions {
  readonly maxRetries: number;
  readonly timeoutMs: number;
  readonly fetch: typeof globalThis.fetch;
  readonly baseUrl: string;
}

/** The bench of a fake provider: requests reach it without a socket. */
export async function fakeBench<Fake extends Pick<FakeServer<unknown>, "fetch" | "url">>(
  start: (
    faults: (request: FakeRequest) => Fault | undefined,
  ) => Promise<Fake & { close(): Promise<void> }>,
  parts: (fake: Fake) => {
    readonly texts: FakeTexts;
    readonly secret: string;
    approve?(): void;
    open(quick: Quick): CertificateStore;
  },
  stored: readonly Certificate[],
): Promise<StoreBench> {
  let count = 0;
  const fake = await start(() => {
    count += 1;
    return bench.strike(count);
  });
  const { texts, secret, open, approve } = parts(fake);
  texts.set(stored.map(texts.form));
  const nameOf = (text: string) => validateCertificate(text).certificate?.fingerprint.sha256 ?? "";
  let slept = 0;
  const bench: StoreBench = {
    open: ({ maxRetries }) =>
      open({
        ...{ maxRetries, timeoutMs: 20, fetch: fake.fetch, baseUrl: fake.url, random: () => 0.5 },
        clock: () => new Date(Date.now() + slept),
        async sleep(milliseconds) {
          slept += milliseconds;
        },
      }),
    stored: () => texts.get().map(nameOf),
    put: (certificate) => texts.set([...texts.get(), texts.form(certificate)]),
    take: (sha256) => texts.set(texts.get().filter((text) => nameOf(text) !== sha256)),
    strike: () => undefined,
    requests: () => count,
    approve,
    secrets: [secret],
    close: () => fake.close(),
  };
  return bench;
}
