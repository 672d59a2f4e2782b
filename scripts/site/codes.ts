import { codeTables } from "../../src/core/codes/all.ts";
import type { CodeRow, Hint } from "../../src/core/codes/code.ts";

/** The Markdown page of a code, and what the list of codes says about it. */
export interface CodePage {
  readonly code: string;
  readonly layer: string;
  readonly severity: string;
  readonly message: string;
  readonly text: string;
}

const SURFACES = {
  library: "In code",
  terminal: "On the command line",
  form: "In a form",
} as const;

function adviceOf(hint: Hint): string {
  if (typeof hint === "string") return hint;
  return (["library", "terminal", "form"] as const)
    .flatMap((surface) =>
      hint[surface] === undefined ? [] : [`**${SURFACES[surface]}**: ${hint[surface]}`],
    )
    .join("\n\n");
}

/** The name of a code's page. Dots would look like file extensions: there is a code `kind.html`. */
export function codePage(code: string): string {
  return `${code.replaceAll(".", "-")}.md`;
}

/** How a program meets the code: `fatal` codes are thrown, the others are in a report. */
function handling(code: string, severity: string): string {
  const caught = [
    'import { isSamlCertError } from "samlcert";\n',
    "try {\n  // ...\n} catch (error) {",
    `  if (!isSamlCertError(error, "${code}")) throw error;`,
    "  console.error(error.message, error.hint);\n}",
  ];
  const found = `const found = report.findings.filter(({ code }) => code === "${code}");`;
  return `\`\`\`ts\n${severity === "fatal" ? caught.join("\n") : found}\n\`\`\``;
}

const MEANING: Readonly<Record<string, string>> = {
  fatal: "Functions that return a value throw it; a report ends with it.",
  error: "A report with this finding is not `ok`. A policy can change the severity.",
  warning: "A report with this finding can be `ok`. A policy can change the severity.",
  notice: "For information; it never blocks.",
};

/** Braces of placeholders and brackets of elements are text here, not markup. */
function asText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

function pageOf(code: string, layer: string, row: CodeRow, family: readonly string[]): CodePage {
  const [severity, message, hint, source] = row;
  const relatives = family.filter((other) => other !== code);
  const parts = [
    `# ${code}`,
    `<p class="code-facts"><span class="severity ${severity}">${severity}</span> <span>${layer}</span></p>`,
    `## Message\n\n> ${asText(message)}`,
    `## What to do\n\n${asText(adviceOf(hint))}`,
    `## In your program\n\n${MEANING[severity] ?? ""}\n\n${handling(code, severity)}`,
    `\`samlcert explain ${code}\` prints this entry on a terminal.`,
    ...(source === "" ? [] : [`## Source\n\n${asText(source)}`]),
    ...(relatives.length === 0
      ? []
      : [
          `## Related codes\n\n${relatives.map((one) => `- [${one}](${codePage(one)})`).join("\n")}`,
        ]),
  ];
  return { code, layer, severity, message, text: parts.join("\n\n") };
}

/** A page for each code, by layer and in alphabetical order. */
export function codePages(): readonly CodePage[] {
  return Object.entries(codeTables).flatMap(([layer, tables]) => {
    const rows = tables.flatMap((table) => Object.entries<CodeRow>(table));
    const groupOf = (code: string): string => code.split(".")[0] ?? code;
    const codes = rows.map(([code]) => code).sort();
    return rows
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, row]) =>
        pageOf(
          code,
          layer,
          row,
          codes.filter((other) => groupOf(other) === groupOf(code)).slice(0, 40),
        ),
      );
  });
}

/** `errors/index.md`: every code with its message. */
export function codeList(pages: readonly CodePage[]): string {
  const layers = [...new Set(pages.map(({ layer }) => layer))];
  const table = (layer: string): string =>
    pages
      .filter((page) => page.layer === layer)
      .map(
        ({ code, severity, message }) =>
          `| [${code}](${codePage(code)}) | ${severity} | ${asText(message).replaceAll("|", "\\|")} |`,
      )
      .join("\n");
  return [
    "# Errors and findings",
    `Every error and finding of samlcert has a stable code, ${pages.length} in all. Each has a page that says ` +
      "what is wrong and what to do. `fatal` codes are thrown, the others are findings of a report. " +
      "A `{name}` in a text is replaced by a value.",
    ...layers.map(
      (layer) => `## ${layer}\n\n| code | severity | message |\n|---|---|---|\n${table(layer)}`,
    ),
  ].join("\n\n");
}
