import type { IntegrationNames } from "../../../src/metadata/index.ts";
import { block, emptyState, make } from "../parts/dom.ts";
import { equivalent } from "../parts/equivalent.ts";
import { countText, findingList, toneOf } from "../parts/findings.ts";
import { shareable } from "../parts/share.ts";
import { linkButton } from "../parts/state.ts";
import type { Panel } from "../parts/tabs.ts";
import { verdict } from "../parts/verdict.ts";
import { xmlParts } from "../parts/xml-parts.ts";
import { ENCRYPTION, equivalentsOf, type Form, SIGNING, type Written, write } from "./build.ts";
import { labelled, pemArea, urlInput } from "./controls.ts";
import { IDENTITY_PROVIDERS, identityProviderOf, stepsOf } from "./identity-providers.ts";
import { EXAMPLE, FIELDS, integrationsIn, jsonWords } from "./integration-fields.ts";

const EMPTY = emptyState("Nothing to write yet.", [
  "missing or mixed-up fields",
  "the metadata, to copy or save for your identity provider",
  "the steps at your identity provider",
]);

function verdictOf({ xml, findings }: { xml: string | undefined } & Pick<Written, "findings">) {
  const why = findings.length === 0 ? "." : `: ${countText(findings)}.`;
  return xml === undefined
    ? verdict("bad", "Not yet", `The metadata cannot be written yet${why}`)
    : verdict(toneOf(findings), "Ready", `The metadata is ready${why}`);
}

/** The metadata with its buttons, and the ways to write it elsewhere. */
function metadataParts(xml: string, form: Form, link: HTMLElement): HTMLElement[] {
  const { command, code } = equivalentsOf(form);
  const metadata = shareable({
    ...{ text: xml, label: "Metadata", name: "sp-metadata.xml", primary: true },
    ...{ type: "application/samlmetadata+xml", explained: xmlParts(xml), more: [link] },
  });
  return [
    ...(form.preset === undefined
      ? []
      : [block("At your identity provider", stepsOf(form.preset))]),
    block("Metadata", metadata),
    equivalent(command, code),
  ];
}

export function showServiceProviderPanel(section: HTMLElement): Panel {
  const inputs = FIELDS.map(({ name }) => urlInput(name));
  const json = make("textarea", {
    id: "integration",
    rows: "6",
    spellcheck: "false",
    autocomplete: "off",
    "aria-describedby": "integration-help",
  });
  const product = make(
    "select",
    { id: "identity-provider" },
    make("option", { value: "" }, "another one, or several"),
    ...IDENTITY_PROVIDERS.map(([value, name]) => make("option", { value }, name)),
  );
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
  const texts = (): readonly string[] => [
    ...Object.values(values()).map(String),
    product.value,
    String(useEntityId.checked),
    ...keys.map(({ value }) => value),
  ];
  const show = (form: Form, { xml, findings }: Written): void => {
    for (const [path, control] of controls) {
      const wrong = findings.some(({ severity, at }) => severity === "error" && at?.path === path);
      control.setAttribute("aria-invalid", String(wrong));
    }
    const result = verdictOf({ xml, findings });
    // Unchanged, so that a screen reader does not repeat it at every keystroke.
    if (spoken.textContent !== result.textContent) spoken.replaceChildren(result);
    const link = linkButton("service-provider", texts);
    details.replaceChildren(
      ...(findings.length === 0 ? [] : [block("Findings", findingList(findings))]),
      ...(xml === undefined ? [] : metadataParts(xml, form, link)),
    );
  };
  const update = (): void => {
    const integration = values();
    const preset = identityProviderOf(product.value);
    if (Object.values(integration).every((value) => value === "")) {
      spoken.replaceChildren(EMPTY.cloneNode(true));
      details.replaceChildren(
        ...(preset === undefined ? [] : [block("At your identity provider", stepsOf(preset))]),
      );
      for (const [, control] of controls) control.removeAttribute("aria-invalid");
      return;
    }
    const [signing, encryption] = [keys[0].value, keys[1].value];
    const form = { integration, useEntityId: useEntityId.checked, preset, signing, encryption };
    show(form, write(form));
  };
  const fill = (integration: IntegrationNames): void => {
    for (const [place, { name }] of FIELDS.entries()) {
      const input = inputs[place];
      const value: unknown = integration[name];
      if (input !== undefined) input.value = typeof value === "string" ? value : "";
    }
    update();
  };
  const restore = (given: readonly string[]): void => {
    const at = FIELDS.length;
    product.value = identityProviderOf(given[at] ?? "") ?? "";
    useEntityId.checked = given[at + 1] === "true";
    for (const [place, area] of keys.entries()) area.value = given[at + 2 + place] ?? "";
    fill(Object.fromEntries(FIELDS.map(({ name }, place) => [name, given[place] ?? ""])));
  };
  const aboutJson = make("p", { class: "said", role: "status" });
  json.addEventListener("input", () => {
    const found = integrationsIn(json.value);
    aboutJson.textContent = json.value.trim() === "" ? "" : jsonWords(found);
    if (found?.[0] !== undefined) fill(found[0]);
  });
  for (const control of [...inputs, product, useEntityId, ...keys])
    control.addEventListener("input", update);

  section.append(
    make(
      "div",
      { class: "input" },
      make("h2", {}, "Write service provider metadata"),
      labelled(
        "identity-provider",
        "My identity provider is",
        "Sets what the file must contain for it, and shows the steps in its console.",
        product,
      ),
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
  return { restore };
}
