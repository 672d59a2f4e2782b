/** `llms.txt` (https://llmstxt.org): the site as a list for language models, and the guides in full. */
import { rewriteLinks } from "./links.mjs";

const html = (address) => address.replace(/\.md(?=#|$)/, ".html");

/** Guides and short answers; the reference is too long for one file. */
const IN_FULL =
  /^docs\/(?:getting-started|questions|stability|guides\/[^/]+|recipes\/[^/]+\/README)\.md$/;

export function llmsTexts({ menu, read, documents, resolve }) {
  const [, sentence = ""] = /^# .*\n+([\s\S]+?)\n\n/.exec(read("README.md")) ?? [];
  const pageOf = (address) => `.${address}${address.endsWith("/") ? "index" : ""}.html`;
  const groups = menu["/"].map(
    ({ text, items }) =>
      `## ${text}\n\n${items.map((item) => `- [${item.text}](${pageOf(item.link)})`).join("\n")}`,
  );
  const full = documents
    .filter((path) => IN_FULL.test(path))
    .map((path) =>
      rewriteLinks(read(path), (link) => html(resolve(path, "index.md")(link))).trim(),
    );
  const head = `# samlcert\n\n> ${sentence.replaceAll("\n", " ")}`;
  return [
    [
      "llms.txt",
      `${head}\n\nThe guides in one file: [llms-full.txt](./llms-full.txt)\n\n${groups.join("\n\n")}\n`,
    ],
    ["llms-full.txt", `${head}\n\n${full.join("\n\n---\n\n")}\n`],
  ];
}
