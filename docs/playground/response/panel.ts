import { isSamlCertError } from "../../../src/core/errors.ts";
import { hasErrors } from "../../../src/core/finding.ts";
import type { ExplainOptions } from "../../../src/signature/response/options.ts";
import { certificateName, labelOf } from "../../../src/signature/response/signing.ts";
import type {
  AssertionFacts,
  MessageReport,
  ResponseReport,
  SignatureExplanation,
} from "../../../src/signature/response/types.ts";
import { explainResponseInBrowser } from "../../../src/signature/response/web.ts";
import { looksLikeMetadata } from "../metadata/reading.ts";
import { block, emptyState, facts, make } from "../parts/dom.ts";
import { equivalent } from "../parts/equivalent.ts";
import { checkList, findingList, toneOf } from "../parts/findings.ts";
import { type Paste, pasteField } from "../parts/paste.ts";
import { type Tone, verdict } from "../parts/verdict.ts";
import exampleCertificates from "./example.pem";
import exampleResponse from "./example.txt";

const MAX_BYTES = 32 * 1024 * 1024;
const MAX_TRUST_BYTES = 8 * 1024 * 1024;
const NOTHING: Paste = { input: "", text: "" };

const EMPTY = emptyState("Nothing to explain yet.", [
  "which of your certificates signed it, or that none did",
  "what a service provider would refuse, and why",
  "issuer, audience, recipient and times",
]);

/** The result in a few words: who signed the message. */
function titleOf({ message, signatures, findings }: ResponseReport): string {
  if (message === undefined) return "No SAML message";
  if (signatures.length === 0) return "Not signed";
  if (signatures.some(({ by }) => by === "given")) {
    return hasErrors(findings) ? "Your key, but errors" : "Signed by your key";
  }
  return signatures.some(({ by }) => by === "unknown") ? "Signed by another key" : "Not verified";
}

const CODE = `import { readFileSync } from "node:fs";
import { explainResponse } from "samlcert/signature";

const [response, certificates] = ["response.txt", "idp.pem"].map((file) => readFileSync(file, "utf8"));
console.log(explainResponse(response, { certificates }).summary);
`;

type Fact = readonly [string, Node | string];

function code(text: string): HTMLElement {
  return make("code", {}, text);
}

/** The facts that are there. */
function known(...rows: readonly (readonly [string, Node | string | undefined])[]): Fact[] {
  return rows.flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : [[name, value] as const],
  );
}

const CONTENT = {
  intact: "as it was signed",
  changed: "changed after it was signed",
  unchecked: "not compared",
};

function makerText({ by, position, embedded }: SignatureExplanation): string {
  if (by === "given") return `your certificate ${position}`;
  const maker = embedded.find(({ made }) => made === true);
  if (maker !== undefined) return `the certificate in it: ${certificateName(maker.certificate)}`;
  return by === "unknown" ? "none of these certificates" : "not checked";
}

function signatureBlock(signature: SignatureExplanation): HTMLElement {
  const { of, path, covers, algorithm, content, signedBy, embedded } = signature;
  const maker = signedBy ?? embedded.find(({ made }) => made === true);
  return block(
    `Signature of the ${labelOf(of)}`,
    facts(
      known(
        ["Made by", makerText(signature)],
        ["Certificate", maker && certificateName(maker.certificate)],
        ["SHA-256", maker && code(maker.fingerprint)],
        ["Covers", covers === path ? undefined : covers],
        ["Algorithm", algorithm && code(algorithm)],
        ["Content", CONTENT[content]],
      ),
    ),
  );
}

function assertionBlock(assertion: AssertionFacts): HTMLElement {
  const { encrypted, covered, issuer, notBefore, notOnOrAfter, audiences } = assertion;
  const recipients = new Set(assertion.confirmations.flatMap(({ recipient }) => recipient ?? []));
  return block(
    encrypted ? "Encrypted assertion" : "Assertion",
    facts(
      known(
        ["Covered by your certificate", covered ? "yes" : "no"],
        ["Issuer", issuer],
        ["Valid from", notBefore],
        ["Valid until", notOnOrAfter],
        ["Audience", audiences.join(", ")],
        ["Recipient", [...recipients].join(", ")],
      ),
    ),
  );
}

function messageBlock({ message, judgedAt, source }: MessageReport): HTMLElement[] {
  if (message === undefined) return [];
  const { type, issuer, issueInstant, destination } = message;
  return [
    block(
      "Message",
      facts(
        known(
          ["Type", type],
          ["Found as", source?.form],
          ["Issuer", issuer],
          ["Issued", issueInstant],
          ["Destination", destination],
          ["Compared with", judgedAt],
        ),
      ),
    ),
  ];
}

function reportParts(report: ResponseReport): HTMLElement[] {
  const { findings, signatures, assertions, checks, others } = report;
  return [
    ...(findings.length === 0 ? [] : [block("Findings", findingList(findings))]),
    ...signatures.map(signatureBlock),
    ...assertions.map(assertionBlock),
    ...messageBlock(report),
    ...(others.length === 0
      ? []
      : [
          block(
            "Other messages",
            make(
              "ul",
              { class: "repairs" },
              ...others.map(({ summary }) => make("li", {}, summary)),
            ),
          ),
        ]),
    ...(checks.length === 0 ? [] : [checkList(checks)]),
    equivalent("samlcert explain-response --certificate idp.pem response.txt", CODE),
  ];
}

/** Certificates or metadata, by the look of the text. */
function trustOf({ input, text }: Paste): ExplainOptions {
  if (input.length === 0) return {};
  return looksLikeMetadata(text) ? { metadata: input } : { certificates: input };
}

/** Shows the panel that explains a Response. */
export function showResponsePanel(section: HTMLElement): void {
  const spoken = make("div", { role: "status" });
  const details = make("div");
  let [response, trust] = [NOTHING, NOTHING];
  /** The last question wins, also if an earlier one is answered later. */
  let latest = 0;

  const say = (tone: Tone, title: string, words: string, parts: readonly HTMLElement[]): void => {
    spoken.replaceChildren(verdict(tone, title, words));
    details.replaceChildren(...parts);
  };
  const explain = async (): Promise<void> => {
    latest += 1;
    const mine = latest;
    if (response.input.length === 0) {
      spoken.replaceChildren(EMPTY.cloneNode(true));
      details.replaceChildren();
      return;
    }
    try {
      const report = await explainResponseInBrowser(response.input, trustOf(trust));
      if (mine !== latest) return;
      const tone = hasErrors(report.findings) ? "bad" : toneOf(report.findings);
      say(tone, titleOf(report), report.summary, reportParts(report));
    } catch (error) {
      if (!isSamlCertError(error) || mine !== latest) return;
      say("bad", "Not checked", `Your certificates cannot be read: ${error.message}`, []);
    }
  };
  const field = pasteField({
    ...{ id: "response-input", label: "SAML Response", rows: 12, maxBytes: MAX_BYTES },
    help: "Paste the field SAMLResponse, XML or a URL, or drop a HAR or SAML-tracer file. It names a person, so there is no link to share it.",
    tooLarge: "capture a single sign-in.",
    onChange: (paste) => {
      response = paste;
      void explain();
    },
  });
  const trusted = pasteField({
    ...{ id: "response-trust", label: "Your certificates or metadata", rows: 8 },
    ...{ maxBytes: MAX_TRUST_BYTES, tooLarge: "use the metadata of one identity provider." },
    help: "PEM of every certificate that your service provider trusts, or the metadata.",
    onChange: (paste) => {
      trust = paste;
      void explain();
    },
  });
  const onclick = (): void => {
    trusted.fill(exampleCertificates);
    field.fill(exampleResponse);
  };
  const example = make(
    "button",
    { type: "button", class: "example", onclick },
    "a signed Response",
  );
  section.append(
    make(
      "div",
      { class: "input" },
      make("h2", {}, "Explain a Response"),
      field.element,
      trusted.element,
      make("p", { class: "examples" }, "Examples: ", example),
    ),
    make(
      "div",
      { class: "output" },
      make("h2", { class: "narrow-only" }, "Result"),
      spoken,
      details,
    ),
  );
  void explain();
}
