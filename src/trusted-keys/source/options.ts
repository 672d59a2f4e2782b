import { isText, need } from "../../core/argument.ts";
import {
  AMOUNT,
  BOOLEAN,
  checkOptions,
  FUNCTION,
  OBJECT,
  type OptionKinds,
  oneOf,
  TEXT,
} from "../../core/options.ts";
import { LIMIT } from "../../providers/http/argument.ts";
import type { Fetch } from "../../providers/http/attempt.ts";
import type { Verification } from "./contents.ts";
import type { Lookup } from "./target.ts";

/** A metadata query service (draft-young-md-query). */
export interface MetadataQuery {
  /** The https URL before `/entities/`. */
  readonly baseUrl: string;
  /** The form of the identifier. Default `sha1`, which every service must know. */
  readonly transform?: "sha1" | "plain" | undefined;
  /** Accepts answers of a service that does not sign them. Default false. */
  readonly allowUnsigned?: boolean | undefined;
}

/** Exactly one of `url`, `file`, `folder` and `mdq`. */
export interface MetadataSourceOptions extends Verification {
  /** The https URL of the metadata: of one entity, or of an aggregate. */
  readonly url?: string | undefined;
  /** Path of a metadata file. */
  readonly file?: string | undefined;
  /** Path of a folder with `.xml` files, each with other entities. */
  readonly folder?: string | undefined;
  /** A service that is asked for each entity. Needs `trust`. */
  readonly mdq?: MetadataQuery | undefined;
  /** The entity that `read` is for; a folder and a query service need it there. */
  readonly entityId?: string | undefined;
  /**
   * The certificates and keys that may have signed the document. Without it, the document is only as
   * trustworthy as its server, and the result says so.
   */
  readonly trust?: Verification["trust"];
  /** How the signature is verified. */
  readonly verify?: Verification["verify"];
  /** The present, for the document's validity. Default: the clock of this machine. */
  readonly clock?: (() => Date) | undefined;
  /**
   * Permits URLs of this machine and of private networks, also http to this machine. Default false:
   * a URL from a customer must not reach your internal servers.
   */
  readonly allowPrivateAddresses?: boolean | undefined;
  /** The size limit of the document, decompressed. Default 32 MiB. */
  readonly maxBytes?: number | undefined;
  /** Milliseconds for the whole read, redirects included. Default 30 000. */
  readonly timeoutMs?: number | undefined;
  /** Default 3. Each is checked like the URL itself. */
  readonly maxRedirects?: number | undefined;
  /** PEM of the private certification authority of the server's TLS certificate. */
  readonly ca?: string | undefined;
  /** Used instead of the built-in client. It resolves names itself, so no address is pinned. */
  readonly fetch?: Fetch | undefined;
  /** Used instead of the system's resolver. */
  readonly lookup?: Lookup | undefined;
}

const KINDS: OptionKinds<MetadataSourceOptions> = {
  url: TEXT,
  file: TEXT,
  folder: TEXT,
  mdq: OBJECT,
  entityId: TEXT,
  trust: OBJECT,
  verify: OBJECT,
  clock: FUNCTION,
  allowPrivateAddresses: BOOLEAN,
  maxBytes: LIMIT,
  timeoutMs: LIMIT,
  maxRedirects: AMOUNT,
  ca: TEXT,
  fetch: FUNCTION,
  lookup: FUNCTION,
};

const MDQ_KINDS: OptionKinds<MetadataQuery> = {
  baseUrl: TEXT,
  transform: oneOf("sha1", "plain"),
  allowUnsigned: BOOLEAN,
};

/** Throws a `TypeError` unless the options name exactly one source. */
export function checkSource(options: MetadataSourceOptions): MetadataSourceOptions {
  checkOptions(options, KINDS, "createMetadataSource");
  const given = Object(options) as MetadataSourceOptions;
  const { url, file, folder, mdq, trust } = given;
  const places = [url, file, folder, mdq].filter((place) => place !== undefined);
  need(() => places.length === 1, "options", "an object with url, file, folder or mdq");
  if (mdq === undefined) return given;
  checkOptions(mdq, MDQ_KINDS, "createMetadataSource.mdq");
  need(() => isText(mdq.baseUrl), "mdq.baseUrl", "the URL of a metadata query service");
  need(
    () => trust !== undefined || mdq.allowUnsigned === true,
    "trust",
    "given for mdq, because its answers are signed (or set mdq.allowUnsigned)",
  );
  return given;
}
