import { cut, quoted } from "../../core/quote.ts";
import type { ElementName } from "../elements/rule.ts";
import { along, attribute, children, descendants, is } from "./find.ts";
import type { MetadataRules, Spot, Visit } from "./rule.ts";

const TOP = ["mdrpi:RegistrationInfo", "mdrpi:PublicationInfo", "mdrpi:PublicationPath"] as const;

const inEntityExtensions = ({ ancestors }: Visit): boolean =>
  is(ancestors.at(-1), "md:Extensions") &&
  is(ancestors.at(-2), "md:EntityDescriptor", "md:EntitiesDescriptor");

/** The attribute that is a time, by element. */
const TIMES: Readonly<Record<string, string>> = {
  RegistrationInfo: "registrationInstant",
  PublicationInfo: "creationInstant",
  Publication: "creationInstant",
};
const TIMED = Object.keys(TIMES).map((name): ElementName => `mdrpi:${name}`);

/** The registrar of the entity and the publisher of the document. */
export const registrationRules: MetadataRules<
  | "metadata.registration.misplaced"
  | "metadata.registration.repeated"
  | "metadata.registration.unknown"
  | "metadata.registration.not_utc"
  | "metadata.registration.publication_below_root"
  | "metadata.registration.missing"
> = {
  "metadata.registration.misplaced": {
    on: TOP,
    check: (visit) =>
      !inEntityExtensions(visit) && { values: { element: visit.element.localName } },
  },
  "metadata.registration.repeated": {
    on: ["md:Extensions"],
    check: ({ element, ancestors }) => {
      const group = ancestors.at(-1);
      const twice = TOP.flatMap((name) => children(element, name).slice(1));
      const own = children(element, "mdrpi:RegistrationInfo");
      const below =
        group !== undefined && is(group, "md:EntitiesDescriptor") && own.length > 0
          ? descendants(group, "mdrpi:RegistrationInfo").filter((one) => !own.includes(one))
          : [];
      return [...twice, ...below].map(
        (one): Spot => ({ element: one, values: { element: one.localName } }),
      );
    },
  },
  "metadata.registration.unknown": {
    on: ["mdrpi:*"],
    check: ({ element, ancestors }) => {
      const below = ["mdrpi:RegistrationPolicy", "mdrpi:UsagePolicy", "mdrpi:Publication"] as const;
      const isKnown =
        is(element, ...TOP) || (!is(ancestors.at(-1), "md:Extensions") && is(element, ...below));
      return !isKnown && { values: { element: cut(element.localName) } };
    },
  },
  "metadata.registration.not_utc": {
    on: TIMED,
    check: ({ element }) => {
      const name = TIMES[element.localName] ?? "";
      const time = attribute(element, name);
      return (
        time !== undefined &&
        !time.trim().endsWith("Z") && { values: { name, value: quoted(time) } }
      );
    },
  },
  "metadata.registration.publication_below_root": {
    on: ["mdrpi:PublicationInfo"],
    check: (visit) => inEntityExtensions(visit) && visit.ancestors.length > 2,
  },
  "metadata.registration.missing": {
    optIn: true,
    on: ["md:EntityDescriptor"],
    check: ({ element, ancestors }) =>
      ![element, ...ancestors].some(
        (one) => along(one, "md:Extensions", "mdrpi:RegistrationInfo").length > 0,
      ),
  },
};
