import { checkOptions } from "../core/options.ts";
import { approve, type KeyObservation, observe } from "./confirm.ts";
import { current, read, readGuarded, reportOf, usable } from "./follow.ts";
import type { TrustedKeySet } from "./key-set.ts";
import {
  checkFollow,
  checkProvider,
  FOLLOW_KINDS,
  PROVIDER_KINDS,
  type TrustedKeysOptions,
} from "./options.ts";
import type { TrustReport } from "./report.ts";
import { close, type Followed, newFollowed, type Settings, settingsOf } from "./state.ts";

/** The callback form of node-saml's option `idpCert`. */
export type IdpCertCallback = (
  callback: (error: Error | null, publicCert?: string | string[]) => void,
) => void;

/** The keys of an identity provider, in step with its metadata. */
export interface TrustedKeys {
  /** The keys to trust now, from memory. Throws a `TrustedKeysError` if there is none. */
  current(): TrustedKeySet;
  /** For node-saml and passport-saml: `new SAML({ idpCert: keys.idpCert, ... })`. */
  readonly idpCert: IdpCertCallback;
  /**
   * Reads now, or waits for the read that is in progress. Rejects only if no key is trusted
   * afterwards: an outage of the metadata server does not stop a service that has keys.
   */
  refresh(): Promise<TrustReport>;
  /**
   * Reads because a message is signed with none of the keys; true if they have changed, so that the
   * message should be verified again. Reads at most once per `unknownKeySeconds`.
   */
  keyUnknown(): Promise<boolean>;
  /**
   * Makes the staged change of the key with this SHA-256, because a person has compared it with the
   * identity provider's. False if no change of it is staged.
   */
  approve(fingerprint: string): Promise<boolean>;
  /**
   * Takes note of a sign-in whose signature this key has verified (`explainResponse` says which did):
   * it counts for a staged key, and `report` says when a trusted key was last used.
   */
  observe(observation: KeyObservation): boolean;
  report(): TrustReport;
  [Symbol.asyncDispose](): Promise<void>;
}

/** The methods for a followed identity provider. */
export function keysOf(settings: Settings, followed: Followed): TrustedKeys {
  return {
    current: () => current(settings, followed),
    idpCert(callback) {
      usableNow(settings, followed, ({ pems }) => callback(null, [...pems]), callback);
    },
    async refresh() {
      await read(settings, followed);
      current(settings, followed);
      return reportOf(settings, followed);
    },
    async keyUnknown() {
      const before = followed.trusted?.keys;
      await readGuarded(settings, followed);
      const names = new Set(before?.map(({ sha256 }) => sha256));
      const after = followed.trusted?.keys ?? [];
      return after.length !== names.size || after.some(({ sha256 }) => !names.has(sha256));
    },
    approve: (fingerprint) => approve(settings, followed, fingerprint),
    observe: (observation) => observe(settings, followed, observation),
    report: () => reportOf(settings, followed),
    async [Symbol.asyncDispose]() {
      close(followed);
      await followed.flight;
      await followed.saving;
    },
  };
}

/** Answers at once if there are keys, as a sign-in should not wait. */
function usableNow(
  settings: Settings,
  followed: Followed,
  answer: (keys: TrustedKeySet) => void,
  fail: (error: Error) => void,
): void {
  let keys: TrustedKeySet;
  try {
    keys = current(settings, followed);
  } catch {
    usable(settings, followed).then(answer, fail);
    return;
  }
  answer(keys);
}

/**
 * Keeps the keys of an identity provider in step with its metadata: reads it in time (Shibboleth's
 * rules), keeps the last good keys while it cannot be read, and never trusts the keys of a document
 * that was not accepted. The first read starts at once; timers do not keep the process alive.
 *
 * @example
 * ```ts
 * import { createTrustedKeys, fileCache } from "samlcert/trusted-keys";
 *
 * const keys = createTrustedKeys({
 *   source: { url: "https://idp.example.com/metadata" },
 *   entityId: "https://idp.example.com",
 *   cache: fileCache("idp-metadata.json"),
 * });
 * const saml = { idpCert: keys.idpCert, issuer: "https://sp.example.com" };
 * console.log(typeof saml.idpCert, keys.report().state);
 * await keys[Symbol.asyncDispose]();
 * ```
 */
export function createTrustedKeys(options: TrustedKeysOptions): TrustedKeys {
  checkOptions(options, { ...PROVIDER_KINDS, ...FOLLOW_KINDS }, "createTrustedKeys");
  checkProvider(options);
  checkFollow(options, "createTrustedKeys");
  const settings = settingsOf(options, (_urgency, work) => work());
  const followed = newFollowed(options);
  const { signal } = options;
  const end = (): void => {
    signal?.removeEventListener("abort", end);
    close(followed);
  };
  if (signal?.aborted === true) end();
  else signal?.addEventListener("abort", end, { once: true });
  void read(settings, followed);
  const keys = keysOf(settings, followed);
  const dispose = keys[Symbol.asyncDispose];
  return {
    ...keys,
    [Symbol.asyncDispose]: () => {
      end();
      return dispose();
    },
  };
}
