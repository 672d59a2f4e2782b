import { isTrue } from "./endpoints.ts";
import { attribute, quoted, type Rule, type Visit } from "./rule.ts";

const SHIBMD = "Shibboleth metadata extensions 1.0";

/**
 * Domains of countries under which others register theirs, such as ac.uk and edu.au; under mil.no only
 * the armed forces of Norway are.
 */
const PUBLIC =
  /^(?!mil\.no$)(?:ac|co|com|edu|gob|gouv|gov|govt|gv|ltd|mil|net|nhs|org|plc|police|sch|school)\.[a-z]{2}$/i;

/** RFC 1035, 2.3.1, with the letters of all languages, and the underscore that some have. */
const DOMAIN =
  /^(?=.{1,253}$)(?:[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}_-]{0,61}[\p{L}\p{N}\p{M}])?\.)+\p{L}[\p{L}\p{N}\p{M}-]*$/u;
/** RFC 6761, and what networks call themselves: nobody can own a domain there. */
const PRIVATE =
  /\.(?:corp|home|internal|intranet|invalid|lan|local|localdomain|localhost|private|test)$/i;

const isExpression = ({ element }: Visit): boolean => isTrue(attribute(element, "regexp"));

/** More than a domain can have (RFC 1035, 2.3.4), each of its signs escaped. */
const LONGEST_END = 600;

/** What every text that an expression matches ends with; of a long end, too much to be a domain. */
function literalEnd(expression: string): string {
  const last = expression.slice(-LONGEST_END);
  const [, backslash = "", end = ""] = /(\\?)((?:[a-z0-9-]|\\\.)*)\$$/i.exec(last) ?? [];
  // An escaped letter, such as \d, is none.
  return (backslash === "" ? end : end.slice(1)).replaceAll("\\.", ".").replace(/^\./, "");
}

function isWide(scope: string, visit: Visit): boolean {
  if (!isExpression(visit)) return scope !== "" && (!scope.includes(".") || PUBLIC.test(scope));
  const isAnchored = /^(?:\^|\.[*+])/.test(scope) && /[^\\]\$$/.test(scope);
  return !isAnchored || /^\^?\.[*+]\$$/.test(scope) || PUBLIC.test(literalEnd(scope));
}

/** The scopes that an identity provider has. */
export const scopeRules: readonly Rule[] = [
  {
    code: "metadata.scope.white_space",
    severity: "error",
    summary: "A scope has white space in it.",
    hint: "Write the domain alone, on one line: it is compared as it stands.",
    source: `${SHIBMD}; UK federation check_shibboleth`,
    on: ["shibmd:Scope"],
    check: ({ element }) =>
      element.text !== "" && /\s/.test(element.text)
        ? `Scope is ${quoted(element.text)}.`
        : undefined,
  },
  {
    code: "metadata.scope.no_regexp",
    severity: "warning",
    summary: "A scope does not say whether it is a regular expression.",
    hint: 'Set regexp="false", or "true".',
    source: `${SHIBMD}; UK federation check_shib_noregscope`,
    severityIn: { ukf: "error" },
    on: ["shibmd:Scope"],
    check: ({ element }) =>
      attribute(element, "regexp") === undefined
        ? `Scope ${quoted(element.text)} has no regexp.`
        : undefined,
  },
  {
    code: "metadata.scope.wide",
    severity: "warning",
    summary: "A scope is so wide that everybody would be in it.",
    hint: "Name the organization's own domain, and anchor a regular expression at both ends.",
    source: `${SHIBMD}; UK federation check_misc, checkScopes`,
    severityIn: { ukf: "error", edugain: "error" },
    on: ["shibmd:Scope"],
    check: (visit) => {
      const scope = visit.element.text.trim();
      if (!isWide(scope, visit)) return undefined;
      return isExpression(visit)
        ? `The expression ${quoted(scope)} is not anchored, or matches too much.`
        : `The scope is ${quoted(scope)}.`;
    },
  },
  {
    code: "metadata.scope.not_domain",
    severity: "warning",
    summary: "A scope is not a domain that somebody can own, or an expression does not end in one.",
    hint: "Name the organization's own domain; use one Scope a domain, and \\. for a dot in an expression.",
    source: `${SHIBMD}; UK federation checkScopes`,
    severityIn: { ukf: "error" },
    on: ["shibmd:Scope"],
    check: (visit) => {
      const scope = visit.element.text.trim();
      const domain = isExpression(visit) ? literalEnd(scope) : scope;
      const isRight = DOMAIN.test(domain) && !PRIVATE.test(domain);
      return scope === "" || isRight || isWide(scope, visit)
        ? undefined
        : `The scope is ${quoted(scope)}.`;
    },
  },
];
