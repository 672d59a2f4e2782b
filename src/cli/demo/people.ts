import { setImmediate } from "node:timers/promises";
import { explainResponse } from "../../signature/index.ts";
import type { FakeIdentityProvider, TestCertificate } from "../../testing/index.ts";

/** The service provider of a connection. */
export interface Entrance {
  readonly acsUrl: string;
  readonly audience: string;
  /** The certificates that it trusts at this moment, as PEM. */
  readonly trusted: () => readonly string[];
  readonly now: () => Date;
}

/** People who sign in one after the other, until they are told to stop. */
export interface People {
  readonly signedIn: () => number;
  readonly refused: () => number;
  /** Resolves once so many more have tried. */
  more(number: number): Promise<void>;
  stop(): Promise<void>;
}

/** True if the service provider lets the person in: a trusted key signed, and nothing is wrong. */
function isLetIn(response: string, entrance: Entrance, trusted: readonly string[]): boolean {
  const { audience, acsUrl: recipient, now } = entrance;
  const certificates = trusted.join("\n");
  const report = explainResponse(response, { certificates, audience, recipient, now: now() });
  const isSigned = report.assertions.some(({ covered }) => covered);
  return isSigned && report.findings.every(({ severity }) => severity !== "error");
}

/** Lets people sign in, each with a Response that is signed for them. */
export function peopleAt(idp: FakeIdentityProvider, entrance: Entrance): People {
  let signedIn = 0;
  let refused = 0;
  let isOpen = true;
  const { acsUrl, audience, trusted } = entrance;

  async function signIn(): Promise<void> {
    while (isOpen) {
      if (isLetIn(idp.respond({ acsUrl, audience }), entrance, trusted())) signedIn += 1;
      else refused += 1;
      await setImmediate();
    }
  }
  const done = signIn();
  // It is awaited in `stop`, and may fail earlier.
  done.catch(() => undefined);

  return {
    signedIn: () => signedIn,
    refused: () => refused,
    async more(number) {
      const goal = signedIn + refused + number;
      const reached = async (): Promise<void> => {
        while (signedIn + refused < goal) await setImmediate();
      };
      await Promise.race([reached(), done]);
    },
    async stop() {
      isOpen = false;
      await done;
    },
  };
}

/** How many of so many people are refused if the identity provider signs with a certificate that is not stored. */
export function refusedWith(
  certificate: TestCertificate,
  idp: FakeIdentityProvider,
  entrance: Entrance,
  people: number,
): number {
  const { acsUrl, audience, trusted } = entrance;
  const keys = trusted();
  const responses = Array.from({ length: people }, () =>
    idp.respond({ acsUrl, audience, signWith: certificate }),
  );
  return responses.filter((response) => !isLetIn(response, entrance, keys)).length;
}
