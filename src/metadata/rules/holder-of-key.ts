import { attributeOf } from "../../xml/element.ts";
import { attribute, is, quoted, type Rule } from "./rule.ts";

const HOK = "urn:oasis:names:tc:SAML:2.0:profiles:holder-of-key:SSO:browser";
const BINDING = "urn:oasis:names:tc:SAML:2.0:bindings:";
const SOURCE = "SAML V2.0 Holder-of-Key Web Browser SSO Profile, 2.7; UK federation check_hoksso";

/** The bindings that lie beneath, by element. */
const BENEATH: Readonly<Record<string, readonly string[]>> = {
  SingleSignOnService: ["HTTP-POST", "HTTP-POST-SimpleSign", "HTTP-Redirect"],
  AssertionConsumerService: ["HTTP-POST", "HTTP-POST-SimpleSign", "HTTP-Artifact"],
};

/** Endpoints of the holder-of-key profile name the binding beneath in a second attribute. */
export const holderOfKeyRules: readonly Rule[] = [
  {
    code: "metadata.holder_of_key.endpoint",
    severity: "error",
    summary: "A holder-of-key endpoint does not name a binding beneath it that can be there.",
    hint: "Set hoksso:ProtocolBinding to HTTP-POST or HTTP-Redirect, and Binding to the profile.",
    source: SOURCE,
    on: ["*"],
    check: ({ element }) => {
      const beneath = attributeOf(element, "ProtocolBinding", HOK);
      const binding = attribute(element, "Binding");
      if (beneath === undefined) {
        return binding === HOK && element.namespace !== ""
          ? "hoksso:ProtocolBinding is missing."
          : undefined;
      }
      if (!is(element, "md:SingleSignOnService", "md:AssertionConsumerService")) {
        return `hoksso:ProtocolBinding cannot stand on ${element.localName}.`;
      }
      if (binding !== HOK) return `hoksso:ProtocolBinding needs the binding ${HOK}.`;
      const names = BENEATH[element.localName] ?? [];
      return names.some((name) => beneath === BINDING + name)
        ? undefined
        : `hoksso:ProtocolBinding cannot be ${quoted(beneath)}.`;
    },
  },
  {
    code: "metadata.holder_of_key.unknown",
    severity: "error",
    summary: "The holder-of-key namespace has no such element or attribute.",
    hint: "Check the name; ProtocolBinding is the only one.",
    source: SOURCE,
    on: ["*"],
    check: ({ element }) => {
      if (element.namespace === HOK) return `There is no element hoksso:${element.localName}.`;
      const unknown = element.attributes.find(
        ({ namespace, localName }) => namespace === HOK && localName !== "ProtocolBinding",
      );
      return unknown === undefined
        ? undefined
        : `There is no attribute hoksso:${unknown.localName}.`;
    },
  },
];
