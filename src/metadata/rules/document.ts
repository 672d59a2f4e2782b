import { quoted } from "../../core/quote.ts";
import { isoTime, SECONDS_PER_DAY } from "../../core/time.ts";
import type { XmlElement } from "../../xml/element.ts";
import { dateTimeSeconds, durationSeconds } from "../elements/simple-types.ts";
import { attribute, descendants, is, repeated } from "./find.ts";
import { type MetadataRules, ROLES, type Visit } from "./rule.ts";

const HOUR = 3600;
/** saml2int SDP-G01: clocks may differ by three to five minutes. */
const CLOCK_SKEW_SECONDS = 300;
/** A reader that caches for longer does not notice a new key for that long. */
const MAX_CACHE_SECONDS = 30 * SECONDS_PER_DAY;

const DOCUMENTS = ["md:EntitiesDescriptor", "md:EntityDescriptor"] as const;
const TIMED = [...DOCUMENTS, ...ROLES, "md:RoleDescriptor", "md:AffiliationDescriptor"] as const;

function validUntil({ element }: Visit): number | undefined {
  const text = attribute(element, "validUntil");
  return text === undefined ? undefined : dateTimeSeconds(text.trim());
}

/** Seconds of cacheDuration; undefined if it is absent or no duration. */
function cacheSeconds({ element }: Visit): number | undefined {
  return durationSeconds((attribute(element, "cacheDuration") ?? "").trim());
}

const cacheValue = ({ element }: Visit): string =>
  quoted(attribute(element, "cacheDuration") ?? "");

const isRoot = ({ ancestors }: Visit): boolean => ancestors.length === 0;

const named = ({ element }: Visit): string => `<md:${element.localName}>`;

/** How long a document is valid, and the names that must be unique in it. */
export const documentRules: MetadataRules<
  | "metadata.document.expired"
  | "metadata.document.no_validity"
  | "metadata.document.no_valid_until"
  | "metadata.document.valid_too_long"
  | "metadata.document.time_not_utc"
  | "metadata.document.cache_too_long"
  | "metadata.document.cache_not_positive"
  | "metadata.document.cache_duration"
  | "metadata.document.duplicate_id"
  | "metadata.document.duplicate_entity"
> = {
  "metadata.document.expired": {
    on: TIMED,
    check: (visit) => {
      const until = validUntil(visit);
      return (
        until !== undefined &&
        until + CLOCK_SKEW_SECONDS < visit.now && {
          values: { element: named(visit), until: isoTime(until) },
        }
      );
    },
  },
  "metadata.document.no_validity": {
    on: DOCUMENTS,
    check: (visit) => {
      const cache = cacheSeconds(visit) ?? 0;
      const isCached = cache > 0 && cache <= MAX_CACHE_SECONDS;
      return isRoot(visit) && attribute(visit.element, "validUntil") === undefined && !isCached;
    },
  },
  "metadata.document.no_valid_until": {
    optIn: true,
    on: DOCUMENTS,
    check: (visit) => isRoot(visit) && attribute(visit.element, "validUntil") === undefined,
  },
  "metadata.document.valid_too_long": {
    on: DOCUMENTS,
    check: (visit) => {
      const seconds = (validUntil(visit) ?? visit.now) - visit.now;
      return (
        seconds > visit.maxValiditySeconds && {
          values: {
            element: named(visit),
            days: Math.floor(seconds / SECONDS_PER_DAY),
            max: Math.floor(visit.maxValiditySeconds / SECONDS_PER_DAY),
          },
        }
      );
    },
  },
  "metadata.document.time_not_utc": {
    on: TIMED,
    check: (visit) => {
      const text = (attribute(visit.element, "validUntil") ?? "Z").trim();
      return (
        !text.endsWith("Z") &&
        validUntil(visit) !== undefined && { values: { value: quoted(text) } }
      );
    },
  },
  "metadata.document.cache_too_long": {
    on: TIMED,
    check: (visit) => {
      const seconds = cacheSeconds(visit) ?? 0;
      return (
        seconds > MAX_CACHE_SECONDS && {
          values: { value: cacheValue(visit), days: Math.floor(seconds / SECONDS_PER_DAY) },
        }
      );
    },
  },
  "metadata.document.cache_not_positive": {
    on: TIMED,
    check: (visit) => (cacheSeconds(visit) ?? 1) <= 0 && { values: { value: cacheValue(visit) } },
  },
  "metadata.document.cache_duration": {
    optIn: true,
    on: ["md:EntitiesDescriptor"],
    check: (visit) => {
      const seconds = cacheSeconds(visit) ?? HOUR;
      return (
        isRoot(visit) &&
        (seconds < HOUR || seconds > 6 * HOUR) && { values: { value: cacheValue(visit) } }
      );
    },
  },
  "metadata.document.duplicate_id": {
    on: DOCUMENTS,
    check: (visit) =>
      isRoot(visit) &&
      repeated(identified(visit.element), ({ id }) => id).map(({ element, id }) => ({
        element,
        values: { id: quoted(id) },
      })),
  },
  "metadata.document.duplicate_entity": {
    on: ["md:EntitiesDescriptor"],
    check: (visit) =>
      isRoot(visit) &&
      repeated(descendants(visit.element, "md:EntityDescriptor"), (entity) =>
        attribute(entity, "entityID"),
      ).map((element) => ({
        element,
        values: { entityId: quoted(attribute(element, "entityID") ?? "") },
      })),
  },
};

interface Identified {
  readonly element: XmlElement;
  readonly id: string;
}

/** The elements with an ID of SAML or of XML Signature. */
function identified(root: XmlElement): readonly Identified[] {
  const found: Identified[] = [];
  const visit = (element: XmlElement): void => {
    const isSigned = is(element, "ds:Signature", "ds:KeyInfo", "ds:Object", "ds:SignedInfo");
    for (const name of isSigned ? ["ID", "Id"] : ["ID"]) {
      const id = attribute(element, name);
      if (id !== undefined) found.push({ element, id });
    }
    for (const child of element.children) visit(child);
  };
  visit(root);
  return found;
}
