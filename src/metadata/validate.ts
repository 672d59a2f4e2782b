import { isUint8Array } from "../core/argument.ts";
import { metadataCodes } from "../core/codes/metadata/document.ts";
import type { MetadataRuleCode } from "../core/codes/metadata/rules.ts";
import { xmlCodes } from "../core/codes/xml.ts";
import { isSamlCertError } from "../core/errors.ts";
import { bySeverity, type Check, type Finding, hasErrors, type Severity } from "../core/finding.ts";
import { findingOf } from "../core/issue.ts";
import { AMOUNT, ANY, checkOptions, INSTANT, OBJECT } from "../core/options.ts";
import { cut } from "../core/quote.ts";
import { type Instant, unixSeconds } from "../core/time.ts";
import type { XmlDocument } from "../xml/element.ts";
import type { XmlLimits } from "../xml/limits.ts";
import { readXmlTree } from "../xml/tree.ts";
import type { EntitiesDescriptor, EntityDescriptor } from "./model/types.ts";
import { newCertificateCache } from "./read/context.ts";
import { rootName, UNMIXED } from "./read/parse.ts";
import { metadataRules } from "./rules/all.ts";
import { is } from "./rules/find.ts";
import { type Found, judge } from "./rules/judge.ts";
import {
  type MetadataProfile,
  maxValiditySeconds,
  type Profile,
  resolveProfiles,
  severitiesUnder,
} from "./rules/profiles.ts";
import { buildMetadata } from "./write/metadata.ts";

/** How metadata is judged. */
export interface ValidateMetadataOptions {
  /** The time at which validity is judged. Default: the clock. */
  readonly now?: Instant | undefined;
  /** Profiles to check besides the standard. Of several profiles, the strictest severity counts. */
  readonly profile?: Profile | readonly Profile[] | undefined;
  /** The longest that `validUntil` may be ahead. Default: 365 days, or what the profiles say. */
  readonly maxValiditySeconds?: number | undefined;
  readonly limits?: Partial<XmlLimits> | undefined;
}

/** The answer of `validateMetadata`. */
export interface MetadataReport {
  /** No finding has severity `error`. */
  readonly ok: boolean;
  /** The worst first; at most 1,000. */
  readonly findings: readonly Finding[];
  /** The outcome of each rule. */
  readonly checks: readonly Check[];
}

/** Upper bound on findings, for broken documents. */
const MAX_FINDINGS = 1000;
/** Each line number costs a scan of the document; the findings after these have only a path. */
const MAX_LOCATED = 250;

/**
 * Checks metadata against the schemas, the standards and the profiles that are asked for. Takes the text
 * of a document, or a model, which is checked as the document that `buildMetadata` makes of it. Never
 * throws because of the input; an unknown option or profile is a `TypeError`. Signatures are not
 * verified: see `verifyMetadata`.
 *
 * By default an error is what makes a consumer refuse or misread the document.
 *
 * @example
 * ```ts
 * import { validateMetadata } from "samlcert/metadata";
 *
 * const report = validateMetadata("<EntityDescriptor/>", { now: new Date(), profile: "sp" });
 * for (const { code, message, at } of report.findings) console.log(at?.line, code, message);
 * ```
 */
export function validateMetadata(
  metadata: string | Uint8Array | EntityDescriptor | EntitiesDescriptor,
  options: ValidateMetadataOptions = {},
): MetadataReport {
  const kinds = { now: INSTANT, profile: ANY, maxValiditySeconds: AMOUNT, limits: OBJECT };
  checkOptions<ValidateMetadataOptions>(options, kinds, "validateMetadata");
  const profiles = resolveProfiles(options?.profile);
  try {
    const isDocument = typeof metadata === "string" || isUint8Array(metadata);
    const text = isDocument ? metadata : buildMetadata(metadata);
    return report(readXmlTree(text, options?.limits, UNMIXED), options, profiles);
  } catch (error) {
    if (!isSamlCertError(error)) throw error;
    const { code, message, hint, at } = error;
    return notChecked({ code, severity: "error", message, hint, at });
  }
}

function report(
  document: XmlDocument,
  options: ValidateMetadataOptions,
  profiles: readonly MetadataProfile[],
): MetadataReport {
  const { root } = document;
  if (!is(root, "md:EntityDescriptor", "md:EntitiesDescriptor")) {
    const values = { found: rootName(root) };
    const at = document.locate(root.at);
    return notChecked(findingOf(metadataCodes, { code: "metadata.root", values, at }));
  }
  const severities = severitiesUnder(profiles);
  const found: Found[] = [];
  const failed = new Set<string>();
  judge(
    {
      root,
      now: unixSeconds(options?.now ?? new Date()),
      maxValiditySeconds: options?.maxValiditySeconds ?? maxValiditySeconds(profiles),
      certificates: newCertificateCache(),
      profiles,
      severities,
    },
    (one) => {
      failed.add(one.finding.code);
      if (found.length < MAX_FINDINGS) found.push(one);
    },
  );
  const findings = [...locate(document, found), ...instructionFindings(document)];
  return { ok: !hasErrors(findings), findings, checks: checksOf(severities, failed) };
}

/** Processing instructions outside the root are ignored. */
function instructionFindings({ instructions, locate: place }: XmlDocument): readonly Finding[] {
  return instructions.slice(0, MAX_LOCATED).map(({ target, at }) =>
    findingOf(xmlCodes, {
      code: "xml.instruction_outside_root",
      values: { target: cut(target) },
      at: place(at),
    }),
  );
}

/** The report of a document that no rule has seen. */
function notChecked(finding: Finding): MetadataReport {
  const reason = finding.code === "metadata.root" ? "not SAML metadata" : "not readable";
  const checks = Object.keys(metadataRules).map(
    (id): Check => ({ id, status: "skipped", reason: `The document is ${reason}.` }),
  );
  return { ok: false, findings: [finding], checks };
}

function locate(document: XmlDocument, found: readonly Found[]): readonly Finding[] {
  return [...found]
    .sort((a, b) => bySeverity(a.finding, b.finding))
    .map(({ finding, at, path }, i) => ({
      ...finding,
      at: i < MAX_LOCATED ? { ...document.locate(at), path } : { path },
    }));
}

function checksOf(
  severities: ReadonlyMap<MetadataRuleCode, Severity>,
  failed: ReadonlySet<string>,
): readonly Check[] {
  return (Object.keys(metadataRules) as MetadataRuleCode[]).map((id): Check => {
    if (severities.has(id)) return { id, status: failed.has(id) ? "failed" : "passed" };
    const isOptIn = metadataRules[id].optIn === true;
    const reason = isOptIn ? "No profile asks for it." : "Off in the profile.";
    return { id, status: "skipped", reason };
  });
}
