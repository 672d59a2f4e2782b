import type { MetadataRuleCode } from "../../core/codes/metadata/rules.ts";
import type { Detail, Rule } from "../../core/rule.ts";
import type { XmlElement } from "../../xml/element.ts";
import type { ElementName } from "../elements/rule.ts";
import type { CertificateCache } from "../read/context.ts";

/** An element, and what is around it. */
export interface Visit {
  readonly element: XmlElement;
  /** From the root to the parent. */
  readonly ancestors: readonly XmlElement[];
  readonly root: XmlElement;
  /** Unix seconds. */
  readonly now: number;
  readonly maxValiditySeconds: number;
  readonly certificates: CertificateCache;
}

/** The details of a finding, and its element if that is not the visited one. */
export interface Spot extends Detail {
  readonly element?: XmlElement | undefined;
}

/** One rule of metadata. It visits the elements of `on`, and points at them or below them. */
export interface MetadataRule extends Rule<Visit> {
  /** `prefix:name`, `prefix:*`, or `*` for every element. */
  readonly on: readonly (ElementName | "*")[];
  /** A finding concerns the whole document, whichever role it is in. */
  readonly ofDocument?: true;
  check(visit: Visit): boolean | Spot | readonly Spot[];
}

/** The rules of one subject, by code. */
export type MetadataRules<Code extends MetadataRuleCode> = Readonly<Record<Code, MetadataRule>>;

/** The roles that SAML defines; `md:RoleDescriptor` is for those of other protocols. */
export const ROLES = [
  "md:IDPSSODescriptor",
  "md:SPSSODescriptor",
  "md:AttributeAuthorityDescriptor",
  "md:AuthnAuthorityDescriptor",
  "md:PDPDescriptor",
] as const;
