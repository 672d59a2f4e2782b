import type { ReadingCode } from "../../issue.ts";
import { findMarkers } from "./armour.ts";
import { type Candidate, candidatesOfMarkers } from "./blocks.ts";
import { findXmlCertificates, type XmlCertificate, type XmlFound } from "./xml.ts";

/** The places of a text where certificates can be. */
export interface Found {
  /** The clean text; comments within an X509Certificate are blanks. */
  readonly text: string;
  /** In X509Certificate elements, between BEGIN and END lines, or both. */
  readonly candidates: readonly Candidate[];
  /** The text as XML, if it contains an X509Certificate. */
  readonly xml: XmlFacts | undefined;
}

export interface XmlFacts extends Pick<XmlFound, "from" | "to" | "blanked"> {
  /** The elements whose certificates are candidates. */
  readonly elements: readonly XmlCertificate[];
  /** Elements for another use than signing. */
  readonly others: readonly XmlCertificate[];
  readonly onlyEncryption: boolean;
}

/** Finds certificates in clean text: in XML, and between BEGIN and END lines. */
export function findCandidates(clean: string): Found {
  const found = findXmlCertificates(clean);
  const { text } = found;
  const markers = findMarkers(text);
  const elements = preferSigning(found.elements);
  const taken = elements.length === 0 ? [] : [...found.elements, ...found.comments];
  const outside = markers.filter(
    (marker) => !taken.some(({ start, end }) => marker.start >= start && marker.start < end),
  );
  const inXml = elements.flatMap(({ start, end, group }) => {
    const inside = markers.filter((marker) => marker.start >= start && marker.end <= end);
    const within: Candidate[] =
      inside.length > 0
        ? candidatesOfMarkers(text, inside, start, end)
        : [{ from: start, start, end, to: end, label: "", open: false, notes: [] }];
    return within.map((one) => ({ ...one, group, notes: [...one.notes, XML] }));
  });
  return {
    text,
    candidates: [...inXml, ...candidatesOfMarkers(text, outside, 0, text.length)],
    xml: elements.length === 0 ? undefined : xmlFacts(found, elements),
  };
}

const XML: ReadingCode = "pem.xml_element";

function xmlFacts(found: XmlFound, elements: readonly XmlCertificate[]): XmlFacts {
  return {
    from: found.from,
    to: Math.max(found.to, ...found.elements.map(({ end }) => end)),
    blanked: found.blanked,
    elements,
    others: found.elements.filter((element) => !elements.includes(element)),
    onlyEncryption: elements.every(({ use }) => use === "encryption"),
  };
}

/** The signing keys of metadata, without the certificate of the document's own signature. */
function preferSigning(elements: readonly XmlCertificate[]): readonly XmlCertificate[] {
  const described = elements.filter(({ inKeyDescriptor }) => inKeyDescriptor);
  const signing = described.filter(({ use }) => use !== "encryption");
  if (signing.length > 0) return signing;
  return described.length > 0 ? described : elements;
}
