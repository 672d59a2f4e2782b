import type { Certificate } from "../../certificates/index.ts";
import { createTestCertificate } from "../certificate.ts";

/** The certificates of every case. */
export interface Cast {
  /** Stored at first. */
  readonly old: Certificate;
  /** The successor of the old one. */
  readonly next: Certificate;
  /** The one that comes after it. */
  readonly third: Certificate;
  /** Another writer's. */
  readonly stranger: Certificate;
}

export async function createCast(): Promise<Cast> {
  const make = async (name: string, days: number) => {
    const day = 86_400;
    const start = Math.floor(Date.now() / 1000) - 100 * day;
    const { certificate } = await createTestCertificate({
      subject: { CN: name },
      keyAlgorithm: "P-256",
      notBefore: start + days * day,
      notAfter: start + (days + 700) * day,
    });
    return certificate;
  };
  const [old, next, third, stranger] = await Promise.all([
    make("old", 0),
    make("next", 50),
    make("third", 60),
    make("stranger", 10),
  ]);
  return { old, next, third, stranger };
}

export function sha256(certificate: Certificate): string {
  return certificate.fingerprint.sha256;
}

/** Throws unless it holds: the sentence says what the store must do. */
export function must(holds: boolean, sentence: string): void {
  if (!holds) throw new Error(sentence);
}

/** Throws unless exactly these certificates are stored. */
export function mustStore(
  stored: readonly string[],
  certificates: readonly Certificate[],
  where: string,
): void {
  const names = (list: readonly string[]) =>
    list
      .map((one) => one.slice(0, 8))
      .sort()
      .join(", ");
  const wanted = names(certificates.map(sha256));
  const found = names(stored);
  must(
    found === wanted,
    `${where}: the provider must store ${wanted || "none"}, not ${found || "none"}.`,
  );
}
