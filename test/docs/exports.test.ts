import { join } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";
import entries from "../../scripts/entries.json" with { type: "json" };
import { root } from "./support/pages.ts";

/**
 * The runtime exports of each entry. A removed name breaks builds and an added name is a promise, so
 * record both on purpose: `npx vitest run test/docs/exports.test.ts -u`. Types are
 * in the API report, `docs/api/`.
 */
test("every entry exports the recorded names", async () => {
  const { metafile } = await build({
    entryPoints: Object.values(entries).map((file) => join(root, file)),
    ...{ bundle: true, write: false, outdir: root, metafile: true, packages: "external" },
    ...{ format: "esm", platform: "node", target: "node20", logLevel: "error" },
  });
  const lines = Object.entries(entries).flatMap(([name, file]) => {
    const output = Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint === file);
    const names = [...(output?.exports ?? [])].sort();
    return [name.replace(/^\./, "samlcert"), ...names.map((one) => `  ${one}`)];
  });
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("exports.txt");
});
