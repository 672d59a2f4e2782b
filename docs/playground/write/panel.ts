import { validateCertificate } from "../../../src/certificates/index.ts";
import { isSamlCertError } from "../../../src/core/errors.ts";
import type { Finding } from "../../../src/core/finding.ts";
import { hasErrors } from "../../../src/core/finding.ts";
import {
  buildServiceProviderMetadata,
  type IntegrationNames,
  serviceProviderFromIntegration,
} from "../../../src/metadata/index.ts";
import { block, emptyState, make } from "../parts/dom.ts";
import { countText, findingList, toneOf } from "../parts/findings.ts";
import { shareable } from "../parts/share.ts";
import { EXAMPLE, FIELDS, integrationsIn, jsonWords } from "./integration-fields.ts";

const EMPTY = emptyState("Nothing to write yet.", [
  "missing or mixed-up fields",
  "the metadata, to copy or save for your identity provider",
]);

const [SIGNING, ENCRYPTION] = ["signing certificate", "encryption certificate"];

interface Written {
  readonly xml?: string;
  readonly findings: readonly Finding[];
}

/** A certificate of the form, or its findings. */
function certificateOf(text: string, path: string): { pems: string[]; findings: Finding[] } {
  if (text.trim() === "") return { pems: [], findings: [] };
  const { ok, certificate, findings } = validateCertificate(text, { now: new Date() });
  const placed = findings.map((finding) => ({ ...finding, at: { ...finding.at, path } }));
  return { pems: ok && certificate !== undefined ? [certificate.pem] : [], findings: placed };
}

function write(
  integration: IntegrationNames,
  useEntityId: boolean,
  keys: readonly [string, string],
): Written {
  const signing = certificateOf(keys[0], SIGNING);
  const encryption = certificateOf(keys[1], ENCRYPTION);
  const options = serviceProviderFromIntegration(integration, {
    entityIdFrom: useEntityId ? "entity_id" : "audience_url",
    signingCertificates: signing.pems,
    encryptionCertificates: encryption.pems,
  });
  const findings = [...options.findings, ...signing.findings, ...encryption.findings];
  if (hasErrors(findings)) return { findings };
  try {
    return { xml: buildServiceProviderMetadata(options), findings };
  } catch (error) {
    if (!isSamlCertError(error)) throw error;
    const { code, message, hint, at } = error;
    return { findings: [...findings, { code, severity: "error", message, hint, at }] };
  }
}

function urlInput(name: string): HTMLInputElement {
  return make("input", {
    ...{ id: name, name, type: "url", inputmode: "url", autocomplete: "off", spellcheck: "false" },
    "aria-describedby": `${name}-help`,
  });
}

function labelled(id: string, label: string, help: string, control: HTMLElement): HTMLElement {
  return make(
    "div",
    { class: "field" },
    make("label", { for: id }, label),
    make("p", { class: "help", id: `${id}-help` }, help),
    control,
  );
}

function pemArea(id: string): HTMLTextAreaElement {
  return make("textarea", {
    ...{ id, rows: "4", spellcheck: "false", autocomplete: "off" },
    "aria-describedby": `${id}-help`,
  });
}

export function showServiceProviderPanel(section: HTMLElement): void {
  const inputs = FIELDS.map(({ name }) => urlInput(name));
  const json = make("textarea", {
    id: "integration",
    rows: "6",
    spellcheck: "false",
    autocomplete: "off",
    "aria-describedby": "integration-help",
  });
  const useEntityId = make("input", { type: "checkbox", id: "use-entity-id" });
  const keys = [pemArea("signing"), pemArea("encryption")] as const;
  const spoken = make("div", { role: "status" });
  const details = make("div");

  /** By the path in the findings. */
  const controls: readonly (readonly [string, HTMLElement])[] = [
    ...inputs.map((input) => [input.name, input] as const),
    [SIGNING, keys[0]],
    [ENCRYPTION, keys[1]],
  ];

  const values = (): IntegrationNames =>
    Object.fromEntries(FIELDS.map(({ name }, place) => [name, inputs[place]?.value.trim() ?? ""]));
  const show = ({ xml, findings }: Written): void => {
    for (const [path, control] of controls) {
      const wrong = findings.some(({ severity, at }) => severity === "error" && at?.path === path);
      control.setAttribute("aria-invalid", String(wrong));
    }
    const words =
      xml === undefined ? "The metadata cannot be written yet" : "The metadata is ready";
    const why = findings.length === 0 ? "." : `: ${countText(findings)}.`;
    // Unchanged, so that a screen reader does not repeat it at every keystroke.
    if (spoken.textContent !== words + why) {
      const tone = xml === undefined ? "bad" : toneOf(findings);
      spoken.replaceChildren(make("p", { class: `verdict ${tone}` }, words + why));
    }
    details.replaceChildren(
      ...(findings.length === 0 ? [] : [block("Findings", findingList(findings))]),
      ...(xml === undefined
        ? []
        : [
            block(
              "Metadata",
              shareable(xml, "Metadata", "sp-metadata.xml", "application/samlmetadata+xml"),
            ),
          ]),
    );
  };
  const update = (): void => {
    const integration = values();
    if (Object.values(integration).every((value) => value === "")) {
      spoken.replaceChildren(EMPTY.cloneNode(true));
      details.replaceChildren();
      for (const [, control] of controls) control.removeAttribute("aria-invalid");
      return;
    }
    show(write(integration, useEntityId.checked, [keys[0].value, keys[1].value]));
  };
  const fill = (integration: IntegrationNames): void => {
    for (const [place, { name }] of FIELDS.entries()) {
      const input = inputs[place];
      const value: unknown = integration[name];
      if (input !== undefined) input.value = typeof value === "string" ? value : "";
    }
    update();
  };
  const aboutJson = make("p", { class: "said", role: "status" });
  json.addEventListener("input", () => {
    const found = integrationsIn(json.value);
    aboutJson.textContent = json.value.trim() === "" ? "" : jsonWords(found);
    if (found?.[0] !== undefined) fill(found[0]);
  });
  for (const control of [...inputs, useEntityId, ...keys])
    control.addEventListener("input", update);

  section.append(
    make(
      "div",
      { class: "input" },
      make("h2", {}, "Write service provider metadata"),
      ...FIELDS.map(({ name, label, help }, place) =>
        labelled(name, label, help, inputs[place] as HTMLElement),
      ),
      make(
        "p",
        { class: "choice" },
        useEntityId,
        make(
          "label",
          { for: "use-entity-id" },
          "entity_id names the service provider (not for SendGrid)",
        ),
      ),
      make(
        "details",
        {},
        make("summary", {}, "Paste an integration's JSON instead"),
        labelled(
          "integration",
          "Integration",
          "The answer of GET /v3/sso/integrations/{id}.",
          json,
        ),
        aboutJson,
      ),
      make(
        "details",
        {},
        make("summary", {}, "Add keys of the service provider"),
        labelled(
          "signing",
          "Signing certificate",
          "Only if the service provider signs its requests.",
          keys[0],
        ),
        labelled(
          "encryption",
          "Encryption certificate",
          "Only if the assertions are encrypted.",
          keys[1],
        ),
      ),
      make(
        "p",
        { class: "examples" },
        "Example: ",
        make(
          "button",
          { type: "button", class: "example", onclick: () => fill(EXAMPLE) },
          "a SendGrid integration",
        ),
      ),
    ),
    make(
      "div",
      { class: "output" },
      make("h2", { class: "narrow-only" }, "Result"),
      spoken,
      details,
    ),
  );
  update();
}
