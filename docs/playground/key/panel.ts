import { shellQuoted } from "../../../src/cli/output/text.ts";
import { hintOn } from "../../../src/core/codes/all.ts";
import { isSamlCertError } from "../../../src/core/errors.ts";
import type { KeyAlgorithm, KeyUse } from "../../../src/keys/algorithms.ts";
import { createSigningKey, type SigningKey } from "../../../src/keys/make.ts";
import { pemParts } from "../certificate/pem-parts.ts";
import { block, emptyState, folded, make } from "../parts/dom.ts";
import { equivalent } from "../parts/equivalent.ts";
import { save, shareable } from "../parts/share.ts";
import { type Tone, verdict } from "../parts/verdict.ts";

const EMPTY = emptyState("No key yet.", [
  "the private key, to save: it is made in this browser and goes nowhere else",
  "its certificate, for the metadata and for identity providers",
]);

const ALGORITHMS: readonly (readonly [KeyAlgorithm, string])[] = [
  ["rsa-3072", "RSA 3072 bits"],
  ["rsa-2048", "RSA 2048 bits"],
  ["rsa-4096", "RSA 4096 bits"],
  ["p256", "EC P-256, for signing only"],
  ["p384", "EC P-384, for signing only"],
];

const USES: readonly (readonly [KeyUse, string])[] = [
  ["signing", "signing requests"],
  ["encryption", "decrypting assertions"],
  ["both", "both"],
];

function choice(id: string, options: readonly (readonly [string, string])[]): HTMLSelectElement {
  return make(
    "select",
    { id },
    ...options.map(([value, label]) => make("option", { value }, label)),
  );
}

function field(id: string, label: string, control: HTMLElement): HTMLElement {
  return make("div", { class: "field" }, make("label", { for: id }, label), control);
}

/** The command and the program that make such a key. */
function equivalentsOf(name: string, algorithm: string, use: string): [string, string] {
  const command = `samlcert key create --common-name ${shellQuoted(name)} --algorithm ${algorithm} --use ${use}`;
  const options = [
    `commonName: ${JSON.stringify(name)}`,
    `algorithm: "${algorithm}"`,
    `use: "${use}"`,
  ];
  const code = [
    'import { createSigningKey } from "samlcert/keys";',
    "",
    "const { privateKey, certificate } = await createSigningKey({",
    ...options.map((option) => `  ${option},`),
    "});",
    "",
  ].join("\n");
  return [command, code];
}

/** Made with Web Cryptography: the page's policy allows no connection that could carry a key away. */
export function showKeyPanel(section: HTMLElement): void {
  const off = { autocomplete: "off", spellcheck: "false" };
  const name = make("input", { id: "key-name", type: "text", ...off });
  const passphrase = make("input", {
    ...{ id: "key-passphrase", type: "password", autocomplete: "new-password" },
  });
  const algorithm = choice("key-algorithm", ALGORITHMS);
  const use = choice("key-use", USES);
  const spoken = make("div", { role: "status" }, EMPTY);
  const details = make("div");
  const say = (tone: Tone, title: string, text: string): void =>
    spoken.replaceChildren(verdict(tone, title, text));

  const show = ({ privateKey, certificate }: SigningKey): void => {
    say("good", "Key made", "The key is made. Save both files.");
    const saveKey = (): void => save(privateKey, "sp.key", "application/x-pem-file");
    details.replaceChildren(
      block(
        "Private key",
        make("p", {}, "Keep it secret. This page forgets it when you close it."),
        make(
          "p",
          { class: "buttons" },
          make("button", { type: "button", onclick: saveKey }, "Save as sp.key"),
        ),
        folded("Show the private key", () => make("pre", { class: "text" }, privateKey)),
      ),
      block(
        "Certificate",
        shareable({
          ...{ text: certificate.pem, label: "Certificate", name: "sp.crt" },
          ...{ type: "application/x-pem-file", explained: pemParts(certificate) },
        }),
      ),
      equivalent(...equivalentsOf(name.value.trim(), algorithm.value, use.value)),
    );
  };
  const run = async (): Promise<void> => {
    details.replaceChildren();
    button.disabled = true;
    say("fair", "One moment", "Making the key ...");
    try {
      const secret = passphrase.value === "" ? undefined : passphrase.value;
      const made = await createSigningKey({
        commonName: name.value.trim(),
        algorithm: algorithm.value as KeyAlgorithm,
        use: use.value as KeyUse,
        passphrase: secret,
      });
      show(made);
    } catch (error) {
      if (!isSamlCertError(error)) throw error;
      say("bad", "Not made", `${error.message} ${hintOn("form", error)}`);
    } finally {
      button.disabled = false;
    }
  };
  const button = make("button", { type: "submit", class: "primary" }, "Make the key");
  const form = make(
    "form",
    {
      onsubmit: (event) => {
        event.preventDefault();
        void run();
      },
    },
    field("key-name", "Common name, such as sp.example.com", name),
    field("key-use", "Purpose", use),
    field("key-algorithm", "Kind of key", algorithm),
    field("key-passphrase", "Passphrase (optional)", passphrase),
    make("p", { class: "buttons" }, button),
  );
  section.append(
    make("div", { class: "input" }, make("h2", {}, "Make a key and its certificate"), form),
    make(
      "div",
      { class: "output" },
      make("h2", { class: "narrow-only" }, "Result"),
      spoken,
      details,
    ),
  );
}
