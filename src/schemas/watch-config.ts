import * as z from "zod";

/** A secret by its place; the secret itself is refused. */
export interface SecretPlace {
  readonly env?: string | undefined;
  readonly file?: string | undefined;
}

/** The certificates that a provider stores. */
export interface StoreConfig {
  /** `sendgrid`; or `module`, for any other `CertificateStore`. */
  readonly provider: "sendgrid" | "module";
  /** One connection of the provider. Default: all. */
  readonly integration?: string | undefined;
  readonly apiKey?: SecretPlace | undefined;
  readonly region?: "global" | "eu" | undefined;
  readonly baseUrl?: string | undefined;
  readonly onBehalfOf?: string | undefined;
  /** A module whose default export is a function that returns one or more stores. */
  readonly module?: string | undefined;
}

/** One entry of `connections`: what it is, and where it is. */
export interface ConnectionConfig {
  readonly name?: string | undefined;
  readonly owner?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly expiringDays?: number | undefined;
  readonly metadata?: string | undefined;
  readonly entityIds?: readonly string[] | undefined;
  readonly trust?: string | undefined;
  readonly allowPrivateAddresses?: boolean | undefined;
  readonly files?: string | undefined;
  readonly environment?: string | undefined;
  readonly trustedKeys?: string | undefined;
  readonly store?: StoreConfig | undefined;
  /** The identity provider's metadata, whose keys the store must have. */
  readonly published?: string | undefined;
}

/** `samlcert.json`. */
export interface WatchConfig {
  readonly $schema?: string | undefined;
  readonly state?: string | undefined;
  readonly journals?: string | undefined;
  readonly expiringDays?: number | undefined;
  readonly concurrency?: number | undefined;
  readonly webhook?:
    | { readonly url: SecretPlace; readonly secret?: SecretPlace | undefined }
    | undefined;
  readonly connections: readonly ConnectionConfig[];
}

const text = z.string().min(1);
const days = z.number().min(0).max(10_000);

const secretPlace = z
  .strictObject({
    env: text.optional().describe("The name of an environment variable."),
    file: text.optional().describe("A file with the secret and nothing else."),
  })
  .describe("A secret by its place: env or file.");

const store = z.strictObject({
  provider: z.enum(["sendgrid", "module"]),
  integration: text.optional().describe("One connection of the provider. Default: all."),
  apiKey: secretPlace.optional(),
  region: z.enum(["global", "eu"]).optional(),
  baseUrl: z.url().optional(),
  onBehalfOf: text.optional(),
  module: text
    .optional()
    .describe("A module whose default export is a function that returns one or more stores."),
});

const connection = z.strictObject({
  name: text.optional().describe("For people. Default: the name that the source states."),
  owner: text.optional().describe("The person or team that looks after the connection."),
  labels: z.record(text, z.string()).optional(),
  expiringDays: days.optional(),
  metadata: text.optional().describe("A URL, a file, a folder or a glob of SAML metadata."),
  entityIds: z.array(text).min(1).optional().describe("Only these entities of an aggregate."),
  trust: text.optional().describe("A file with the certificates that must have signed it."),
  allowPrivateAddresses: z.boolean().optional(),
  files: text.optional().describe("A file, a folder or a glob: certificates, metadata, own keys."),
  environment: text.optional().describe("A variable that contains a certificate."),
  trustedKeys: text.optional().describe("The report of a running service: a URL or a file."),
  store: store.optional(),
  published: text
    .optional()
    .describe("Metadata of the identity provider, whose keys the store must have."),
});

/** `samlcert.json`, for the command `watch`. */
const watchConfigSchema: z.ZodType<WatchConfig> = z.strictObject({
  $schema: z.string().optional(),
  state: text.optional().describe("The file that is kept between runs."),
  journals: text.optional().describe("The folder of the journals of rotations."),
  expiringDays: days.optional().describe("Days before the end that count as soon. Default: 30."),
  concurrency: z.int().min(1).max(256).optional(),
  webhook: z.strictObject({ url: secretPlace, secret: secretPlace.optional() }).optional(),
  connections: z.array(connection).min(1),
});

/** A fault of a configuration: its place, and what is wrong there. */
export interface ConfigFault {
  /** Such as `connections[2].store.apiKey`. */
  readonly place: string;
  readonly problem: string;
}

/** The configuration, or the first fault. */
export function readWatchConfig(
  value: unknown,
): { readonly config: WatchConfig } | { readonly fault: ConfigFault } {
  const result = watchConfigSchema.safeParse(value);
  if (result.success) return { config: result.data };
  const [issue] = result.error.issues;
  return { fault: { place: placeOf(issue?.path ?? []), problem: problemOf(issue) } };
}

function placeOf(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`));
  return text.join("").replace(/^\./, "") || "the document";
}

function problemOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === "unrecognized_keys") {
    return `has the unknown property ${issue.keys.map((key) => JSON.stringify(key)).join(", ")}`;
  }
  return `is invalid: ${issue?.message ?? "unknown reason"}`;
}

/** The JSON Schema (2020-12) of `samlcert.json`, for editors. */
export function watchConfigJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...rest } = z.toJSONSchema(watchConfigSchema);
  return { $schema, $id: "urn:samlcert:config:v1", title: "samlcert.json", ...rest };
}
