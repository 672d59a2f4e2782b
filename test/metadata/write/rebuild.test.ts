import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isSamlCertError } from "../../../src/core/errors.ts";
import {
  buildMetadata,
  diffMetadata,
  parseMetadata,
  validateMetadata,
} from "../../../src/metadata/index.ts";
import { corpusFolder, requireCorpus } from "../../support/require.ts";

const corpus = requireCorpus("saml", "documents");
const folders = ["saml/documents", "saml/ukf-testbed"].map((name) => join(corpusFolder, name));
const files = corpus.missing
  ? []
  : folders.flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".xml"))
        .map((name) => join(folder, name)),
    );

/** Documents that the schemas accept, without a URL that a builder refuses. */
function isSound(bytes: Uint8Array): boolean {
  const { findings } = validateMetadata(bytes, { now: 1_790_000_000 });
  const faults =
    /^(?:xml\.|metadata\.(?:schema\.|endpoint\.url|organization\.url|ui\.|certificate\.unreadable|key\.none|entity\.id))/;
  // URLs that are only a warning are refused by the builder too.
  const urls = /^metadata\.(?:ui\.(?:logo|url)|organization\.url)$/;
  return !findings.some(
    ({ code, severity }) => urls.test(code) || (severity === "error" && faults.test(code)),
  );
}

describe.skipIf(corpus.missing)(`real documents can be built again${corpus.note}`, () => {
  it("with the same meaning", { timeout: 120_000 }, () => {
    let built = 0;
    const failures: string[] = [];
    for (const path of files) {
      const bytes = readFileSync(path);
      if (!isSound(bytes)) continue;
      try {
        const again = buildMetadata(parseMetadata(bytes).root);
        expect(diffMetadata(bytes, again), path).toMatchObject({ same: true, changes: [] });
        built++;
      } catch (error) {
        if (!isSamlCertError(error)) throw error;
        failures.push(`${path}: ${error.message} ${JSON.stringify(error.at)}`);
      }
    }
    expect(failures).toEqual([]);
    expect(built).toBeGreaterThan(files.length / 2);
  });
});
