import type { Certificate } from "../../../src/certificates/index.ts";
import { createTestCertificate, type TestCertificate } from "../../../src/testing/certificate.ts";

/** Midday of a day, counted from the first of 2030: the tests' sense of time. */
export function day(number: number): number {
  return Date.UTC(2030, 0, 1, 12) / 1000 + number * 86_400;
}

const made = new Map<string, Promise<TestCertificate>>();

/** A self-signed certificate from one day to another; a renewal where it shares another's key. */
export async function certificate(
  name: string,
  from: number,
  to: number,
  sameKeyAs?: string,
): Promise<Certificate> {
  const known = made.get(name);
  if (known) return (await known).certificate;
  const key = sameKeyAs === undefined ? undefined : await made.get(sameKeyAs);
  const making = createTestCertificate({
    subject: { CN: name },
    notBefore: day(from),
    notAfter: day(to),
    sameKeyAs: key,
  });
  made.set(name, making);
  return (await making).certificate;
}

/** The cast of the tests; day 0 is today. */
export interface Cast {
  /** Valid, ends in 20 days. */
  readonly current: Certificate;
  /** The current key, valid for three years. */
  readonly renewed: Certificate;
  /** Another key, valid now. */
  readonly next: Certificate;
  /** Another key, valid from day 10 on. */
  readonly pending: Certificate;
  /** Ended yesterday. */
  readonly expired: Certificate;
  /** The current key, but ends before the current one. */
  readonly earlier: Certificate;
  /** Ended three years ago. */
  readonly ancient: Certificate;
}

export async function cast(): Promise<Cast> {
  const current = await certificate("current", -1000, 20);
  return {
    current,
    renewed: await certificate("renewed", -1, 1100, "current"),
    next: await certificate("next", -2, 1000),
    pending: await certificate("pending", 10, 1200),
    expired: await certificate("expired", -900, -1),
    earlier: await certificate("earlier", -1100, 5, "current"),
    ancient: await certificate("ancient", -2000, -1000),
  };
}
