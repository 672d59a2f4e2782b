import { quoted } from "../../core/quote.ts";
import { attribute, isTrue } from "./find.ts";
import type { MetadataRule, MetadataRules, Visit } from "./rule.ts";

/** Public suffixes of countries, such as ac.uk and edu.au; mil.no belongs to one owner. */
const PUBLIC =
  /^(?!mil\.no$)(?:ac|co|com|edu|gob|gouv|gov|govt|gv|ltd|mil|net|nhs|org|plc|police|sch|school)\.[a-z]{2}$/i;

/** RFC 1035, 2.3.1, with the letters of all languages, and the underscore that some domains use. */
const DOMAIN =
  /^(?=.{1,253}$)(?:[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}_-]{0,61}[\p{L}\p{N}\p{M}])?\.)+\p{L}[\p{L}\p{N}\p{M}-]*$/u;
/** Names of private networks and of RFC 6761, which cannot be owned. */
const PRIVATE =
  /\.(?:corp|home|internal|intranet|invalid|lan|local|localdomain|localhost|private|test)$/i;

const isExpression = ({ element }: Visit): boolean => isTrue(attribute(element, "regexp"));

/** Upper bound: a domain has at most 253 characters (RFC 1035, 2.3.4), each escaped. */
const LONGEST_END = 600;

/** The literal end of an expression: the domain that it matches. Empty if it does not end literally. */
function literalEnd(expression: string): string {
  const last = expression.slice(-LONGEST_END);
  const [, backslash = "", end = ""] = /(\\?)((?:[a-z0-9-]|\\\.)*)\$$/i.exec(last) ?? [];
  // An escaped letter, such as \d, is a class of characters.
  return (backslash === "" ? end : end.slice(1)).replaceAll("\\.", ".").replace(/^\./, "");
}

function isWide(scope: string, visit: Visit): boolean {
  if (!isExpression(visit)) return scope !== "" && (!scope.includes(".") || PUBLIC.test(scope));
  const isAnchored = /^(?:\^|\.[*+])/.test(scope) && /[^\\]\$$/.test(scope);
  return !isAnchored || /^\^?\.[*+]\$$/.test(scope) || PUBLIC.test(literalEnd(scope));
}

/** Judges the text of a scope. */
function ofScope(isWrong: (scope: string, visit: Visit) => boolean): MetadataRule {
  return {
    on: ["shibmd:Scope"],
    check: (visit) =>
      isWrong(visit.element.text, visit) && { values: { scope: quoted(visit.element.text) } },
  };
}

function isDomain(scope: string, visit: Visit): boolean {
  const domain = isExpression(visit) ? literalEnd(scope) : scope;
  return DOMAIN.test(domain) && !PRIVATE.test(domain);
}

/** The scopes that an identity provider may assert. */
export const scopeRules: MetadataRules<
  | "metadata.scope.white_space"
  | "metadata.scope.no_regexp"
  | "metadata.scope.wide"
  | "metadata.scope.expression"
  | "metadata.scope.not_domain"
> = {
  "metadata.scope.white_space": ofScope((scope) => /\s/.test(scope)),
  "metadata.scope.no_regexp": ofScope(
    (_, { element }) => attribute(element, "regexp") === undefined,
  ),
  "metadata.scope.wide": ofScope(
    (scope, visit) => !isExpression(visit) && isWide(scope.trim(), visit),
  ),
  "metadata.scope.expression": ofScope(
    (scope, visit) => isExpression(visit) && isWide(scope.trim(), visit),
  ),
  "metadata.scope.not_domain": ofScope(
    (scope, visit) =>
      scope.trim() !== "" && !isDomain(scope.trim(), visit) && !isWide(scope.trim(), visit),
  ),
};
