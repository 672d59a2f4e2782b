import { dateTimeSeconds, durationSeconds } from "../elements/simple-types.ts";
import { attribute, descendants, is, quoted, type Rule, repeated, type Visit } from "./rule.ts";

const MINUTES = 60;
const HOURS = 3600;
/** saml2int SDP-G01: clocks may differ by three to five minutes. */
const SKEW = 5 * MINUTES;

const TIMED = ["md:EntitiesDescriptor", "md:EntityDescriptor"] as const;
const TIMED_ROLES = [
  "md:IDPSSODescriptor",
  "md:SPSSODescriptor",
  "md:AttributeAuthorityDescriptor",
  "md:AuthnAuthorityDescriptor",
  "md:PDPDescriptor",
  "md:RoleDescriptor",
  "md:AffiliationDescriptor",
] as const;

function validUntil({ element }: Visit): number | undefined {
  const text = attribute(element, "validUntil");
  return text === undefined ? undefined : dateTimeSeconds(text.trim());
}

const isRoot = ({ ancestors }: Visit): boolean => ancestors.length === 0;

/** How long a document stands, and the names in it. */
export const documentRules: readonly Rule[] = [
  {
    code: "metadata.document.expired",
    severity: "error",
    summary: "validUntil has passed: nobody may use the metadata any more.",
    hint: "Publish the metadata again with a new validUntil.",
    source: "SAML V2.0 Metadata, 2.3.1 and 2.3.2",
    on: [...TIMED, ...TIMED_ROLES],
    check: (visit) => {
      const until = validUntil(visit);
      return until !== undefined && until + SKEW < visit.now
        ? `${visit.element.localName} was valid until ${attribute(visit.element, "validUntil")}.`
        : undefined;
    },
  },
  {
    code: "metadata.document.no_validity",
    severity: "warning",
    summary: "The document has neither validUntil nor cacheDuration.",
    hint: "Set validUntil, or a copy of it that is years old will still be believed.",
    source: "SAML V2.0 Metadata, 2.3.1 and 2.3.2: the root must have one of them",
    on: TIMED,
    check: (visit) =>
      isRoot(visit) &&
      attribute(visit.element, "validUntil") === undefined &&
      attribute(visit.element, "cacheDuration") === undefined
        ? `${visit.element.localName} says neither how long it is valid nor how long it may be cached.`
        : undefined,
  },
  {
    code: "metadata.document.no_valid_until",
    severity: "warning",
    summary: "The document has no validUntil.",
    hint: "Set validUntil; federations refuse metadata without it.",
    source: "Kantara SAML V2.0 Implementation Profile, IIP-MD04; saml2int SDP-MD03",
    only: ["saml2int", "edugain"],
    severityIn: { edugain: "error" },
    on: TIMED,
    check: (visit) =>
      isRoot(visit) && attribute(visit.element, "validUntil") === undefined
        ? `${visit.element.localName} has no validUntil.`
        : undefined,
  },
  {
    code: "metadata.document.valid_too_long",
    severity: "warning",
    summary: "validUntil lies further ahead than is good.",
    hint: "Publish often, and let each document stand for days or weeks.",
    source: "eduGAIN SAML profile: at most 28 days; IIP-MD04",
    severityIn: { edugain: "error" },
    on: TIMED,
    check: (visit) => {
      const until = validUntil(visit);
      return until !== undefined && until - visit.now > visit.maxValidity
        ? `${visit.element.localName} is valid for ${Math.floor((until - visit.now) / 86_400)} days.`
        : undefined;
    },
  },
  {
    code: "metadata.document.time_not_utc",
    severity: "warning",
    summary: "A time is not in UTC with the letter Z.",
    hint: "Write times as 2031-07-09T12:00:00Z.",
    source: "SAML V2.0 Core, 1.3.3",
    on: [...TIMED, ...TIMED_ROLES],
    check: (visit) => {
      const text = attribute(visit.element, "validUntil");
      return text !== undefined && validUntil(visit) !== undefined && !text.trim().endsWith("Z")
        ? `validUntil is ${quoted(text)}.`
        : undefined;
    },
  },
  {
    code: "metadata.document.cache_duration",
    severity: "warning",
    summary: "cacheDuration of an aggregate is not between one and six hours.",
    hint: "Let an aggregate be fetched every few hours.",
    source: "eduGAIN SAML profile; REFEDS Metadata Publication practice",
    only: ["edugain"],
    on: ["md:EntitiesDescriptor"],
    check: (visit) => {
      const seconds = durationSeconds((attribute(visit.element, "cacheDuration") ?? "").trim());
      return isRoot(visit) && seconds !== undefined && (seconds < HOURS || seconds > 6 * HOURS)
        ? `cacheDuration is ${quoted(attribute(visit.element, "cacheDuration") ?? "")}.`
        : undefined;
    },
  },
  {
    code: "metadata.document.duplicate_id",
    severity: "error",
    summary: "Two elements have the same ID.",
    hint: "Give each its own ID: a signature names what it covers by it.",
    source: "XML Signature, 4.4.3.2; saml-schema-metadata-2.0.xsd: xs:ID",
    on: TIMED,
    check: (visit) =>
      isRoot(visit)
        ? repeated(ids(visit)).map((id) => `The ID ${quoted(id)} occurs more than once.`)
        : undefined,
  },
  {
    code: "metadata.document.duplicate_entity",
    severity: "error",
    summary: "An aggregate has the same entityID more than once.",
    hint: "Keep one of the entities: readers take the first, the last or none.",
    source: "SAML V2.0 Metadata, 2.3; eduGAIN metadata validator E1",
    on: ["md:EntitiesDescriptor"],
    check: (visit) =>
      isRoot(visit)
        ? repeated(
            descendants(visit.element, "md:EntityDescriptor").map((entity) =>
              attribute(entity, "entityID"),
            ),
          ).map((entityId) => `${quoted(entityId)} occurs more than once.`)
        : undefined,
  },
];

/** The IDs of what SAML and XML Signature can name. */
function ids({ element }: Visit): readonly (string | undefined)[] {
  const found: (string | undefined)[] = [];
  const look = (current: typeof element): void => {
    found.push(attribute(current, "ID"));
    if (is(current, "ds:Signature", "ds:KeyInfo", "ds:Object", "ds:SignedInfo")) {
      found.push(attribute(current, "Id"));
    }
    for (const child of current.children) look(child);
  };
  look(element);
  return found;
}
