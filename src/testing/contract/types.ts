import type { Certificate } from "../../certificates/index.ts";
import type { CertificateStore } from "../../providers/store.ts";
import type { Fault } from "../faults.ts";

/** How a store under test is opened. */
export interface OpenOptions {
  /** How often the client repeats a request after a temporary failure. */
  readonly maxRetries: number;
}

/** A provider with one connection, and the stores of it. */
export interface StoreBench {
  /** Opens the store, as a new process does. Its waits must take no time. */
  open(options: OpenOptions): CertificateStore;
  /** SHA-256 of each certificate that the provider stores, once for each copy. */
  stored(): readonly string[];
  /** Stores a certificate as another writer does. */
  put(certificate: Certificate): void;
  /** Removes a certificate as another writer does. */
  take(sha256: string): void;
  /** Decides about each request: its number counts from 1. Set by the suite. */
  strike: (number: number) => Fault | undefined;
  /** The number of requests so far. */
  requests(): number;
  /** The next reads show what was stored before the last write. Absent if the fake cannot do it. */
  readonly stale?: ((reads: number) => void) | undefined;
  /** Approves what awaits approval. Needed if the provider asks for it. */
  readonly approve?: (() => void) | undefined;
  /** Credentials that must not be in any error. */
  readonly secrets?: readonly string[] | undefined;
  close?(): Promise<void>;
}

/** Makes a provider that stores these certificates. */
export type MakeBench = (stored: readonly Certificate[]) => StoreBench | Promise<StoreBench>;

/** One case of the contract, for any test runner. */
export interface StoreCase {
  readonly name: string;
  /** Rejects with an `Error` that says what is broken. */
  run(): Promise<void>;
}

/** Options of `testCertificateStore`. */
export interface ContractOptions {
  /** The `test` of a test runner: each case is registered with it. */
  readonly test?: ((name: string, run: () => Promise<void>) => unknown) | undefined;
  /** The names of the faults to play. Default: every fault. */
  readonly faults?: readonly string[] | undefined;
  /** Plays each n-th place of a fault only. Default: 1, every place. */
  readonly every?: number | undefined;
}
