import type { BundleRole } from "../certificates/bundle.ts";
import type { SelfSignature } from "../certificates/self-signature.ts";
import type { CertificateState } from "../certificates/state.ts";
import type { Certificate, CertificateReport } from "../certificates/types.ts";
import type { ErrorJson } from "../core/errors.ts";
import type { Finding } from "../core/finding.ts";
import type { KeysNow, RolloverKey, RolloverPlan } from "../keys/index.ts";
import type { MetadataDiff } from "../metadata/diff/index.ts";
import type { EntityDescriptor } from "../metadata/model/types.ts";
import type { MetadataReport } from "../metadata/validate.ts";
import type { FleetStatus, HistoryEntry } from "../postgres/index.ts";
import type { KeycardSsoConnection } from "../providers/keycard/types.ts";
import type { JsonValue } from "../providers/pandastack/types.ts";
import type {
  FieldChange,
  SendGridCertificate,
  SendGridIntegration,
  SendGridTeammate,
} from "../providers/sendgrid/types.ts";
import type { StoredRotation } from "../rotation/journal/folder.ts";
import type { RotationResult } from "../rotation/run/report.ts";
import type { RotationPlan } from "../rotation/types.ts";
import type { ResponseReport } from "../signature/response/types.ts";
import type { WebhookBody } from "../watch/faces/webhook/message.ts";
import type { ConnectionStatus } from "../watch/types.ts";

/** The report of one file of `check`, or the reason why it could not be read. */
export interface CheckedFile {
  readonly file: string;
  readonly report?: CertificateReport | undefined;
  readonly state?: CertificateState | undefined;
  /** Whole days; negative after the expiration date; absent where there is none. */
  readonly daysLeft?: number | undefined;
  readonly error?: ErrorJson | undefined;
}

export interface CheckSummary {
  readonly usable: number;
  readonly unusable: number;
  readonly unreadable: number;
}

/** One certificate of `inspect`. */
export interface InspectedCertificate {
  readonly role: BundleRole;
  readonly state: CertificateState;
  readonly selfSigned: boolean;
  /** The reason for `selfSigned`. */
  readonly selfSignature: SelfSignature;
  readonly certificate: Certificate;
}

/** The report of one file of `metadata validate`, or the reason why it could not be read. */
export interface ValidatedFile {
  readonly file: string;
  readonly report?: MetadataReport | undefined;
  readonly error?: ErrorJson | undefined;
}

/** Metadata that `metadata fetch` downloaded. */
export interface FetchedMetadata {
  readonly url: string;
  readonly bytes: number;
  readonly entities: number;
  /** The first ones. */
  readonly entityIds: readonly string[];
  /** A key given with `--trust` has signed it. */
  readonly verified: boolean;
}

/** Metadata that a command writes; the text is absent if a finding is an error. */
export interface WrittenMetadata {
  readonly findings: readonly Finding[];
  readonly metadata?: string | undefined;
}

/** The public facts of a private key. */
export interface InspectedKey {
  /** Such as `RSA`, `EC` and `ED25519`. */
  readonly algorithm: string;
  readonly bits?: number | undefined;
  /** Such as `P-256`. */
  readonly curve?: string | undefined;
  /** The SHA-256 of the public key, as certificates have it in `publicKey.spkiSha256`. */
  readonly spkiSha256: string;
}

/** The keys of a rollover. JSON has no `undefined`, so a missing signing key is an absent field. */
export interface KeysInUse extends Omit<KeysNow, "signWith"> {
  readonly signWith?: RolloverKey | undefined;
}

/** The body of every document that a command prints with `--json`, by the name of its format. */
export interface Outputs {
  readonly error: { readonly error: ErrorJson };
  readonly check: {
    readonly policy: string;
    readonly reports: readonly CheckedFile[];
    readonly summary: CheckSummary;
  };
  readonly inspect: {
    readonly file: string;
    readonly certificates: readonly InspectedCertificate[];
  };
  readonly "explain-response": { readonly file: string; readonly report: ResponseReport };
  readonly "metadata-validate": { readonly reports: readonly ValidatedFile[] };
  readonly "metadata-diff": MetadataDiff;
  readonly "metadata-inspect": { readonly entities: readonly EntityDescriptor[] };
  readonly "metadata-extract": EntityDescriptor;
  readonly "metadata-sp": WrittenMetadata;
  readonly "metadata-idp": WrittenMetadata;
  readonly "metadata-sign": WrittenMetadata;
  readonly "metadata-fetch": FetchedMetadata;
  readonly "metadata-verify": { readonly file: string; readonly verified: true };
  /** `files` names the written files; the private key is in none of the fields. */
  readonly "key-create": {
    readonly certificate: Certificate;
    readonly files: { readonly key: string; readonly certificate: string };
  };
  readonly "key-request": { readonly request: string };
  readonly "key-renew": { readonly certificate: Certificate };
  readonly "key-inspect": { readonly file: string; readonly privateKey: InspectedKey };
  /** The names of both files, and whether they belong together. */
  readonly "key-match": {
    readonly certificate: string;
    readonly key: string;
    readonly matches: boolean;
  };
  readonly "key-rollover-plan": { readonly plans: readonly RolloverPlan[] };
  readonly "key-rollover-next": {
    readonly plans: readonly RolloverPlan[];
    /** The missing evidence, if the step must wait. */
    readonly waiting?: ErrorJson | undefined;
  };
  readonly "key-rollover-status": {
    readonly keys: KeysInUse;
    readonly plans: readonly RolloverPlan[];
  };
  readonly "rotation-plan": { readonly plan: RotationPlan };
  readonly rotation: { readonly result: RotationResult };
  readonly rotations: { readonly rotations: readonly StoredRotation[] };
  readonly "fleet-status": { readonly fleet: FleetStatus };
  readonly "fleet-history": { readonly tenant: string; readonly history: readonly HistoryEntry[] };
  readonly status: { readonly connections: readonly ConnectionStatus[] };
  /** Not printed: `samlcert watch --webhook` sends it. */
  readonly webhook: Omit<WebhookBody, "format">;
  readonly "sendgrid-certificates": {
    readonly certificates: readonly Decoded<SendGridCertificate>[];
  };
  readonly "sendgrid-certificate": {
    readonly certificate: Decoded<SendGridCertificate>;
    /** Only after `create`: false if it was already stored. */
    readonly created?: boolean | undefined;
  };
  readonly "sendgrid-integrations": {
    readonly integrations: readonly Decoded<SendGridIntegration>[];
  };
  readonly "sendgrid-integration": { readonly integration: Decoded<SendGridIntegration> };
  readonly "sendgrid-integration-update": {
    readonly integration: Decoded<SendGridIntegration>;
    readonly changed: readonly FieldChange[];
    readonly notTaken: readonly FieldChange[];
  };
  readonly "sendgrid-teammate": {
    readonly teammate: Decoded<SendGridTeammate>;
    readonly dropped: readonly string[];
  };
  readonly "sendgrid-deletion": { readonly deleted: string };
  readonly "keycard-sso-connection": {
    readonly connection: Decoded<KeycardSsoConnection> | null;
    /** Only after `create`. */
    readonly action?: "enabled" | "updated" | "unchanged" | undefined;
    readonly changed?: readonly string[] | undefined;
  };
  readonly "keycard-deletion": { readonly disabled: boolean };
  readonly "pandastack-sso": { readonly answer: JsonValue };
}

/** A provider's object without the response that it was decoded from, which is not printed. */
type Decoded<T> = Omit<T, "raw">;

/** The name of a document, such as `check` for `samlcert/check/v1`. */
export type OutputName = keyof Outputs;
