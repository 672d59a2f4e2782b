import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";

/**
 * VitePress builds for one path on a server. The site is built for this one, which occurs nowhere else, and
 * every occurrence is replaced afterwards: in HTML and CSS by a relative address, in scripts by the path
 * at which the page was loaded.
 */
export const PLACEHOLDER = "/samlcert-site-base/";

const IN_SCRIPTS = `.replaceAll(${JSON.stringify(PLACEHOLDER)},globalThis.__base)`;

/** Finds the base, and makes the addresses absolute that the scripts do not render again. */
function headScript(toRoot) {
  return (
    `<script>globalThis.__base=new URL(${JSON.stringify(toRoot)},location.href).pathname;` +
    `addEventListener("DOMContentLoaded",()=>{for(const a of document.querySelectorAll("#app a[href^='.']"))` +
    `a.href=new URL(a.getAttribute("href"),location.href).pathname+(new URL(a.href).hash)})</script>`
  );
}

function relocateHtml(html, path) {
  const toRoot = relative(dirname(path), "").replaceAll("\\", "/");
  const prefix = toRoot === "" ? "./" : `${toRoot}/`;
  return (
    html
      .replaceAll(PLACEHOLDER, prefix)
      // The start page of VitePress has no landmark.
      .replace('<div class="VPHome"', '<div role="main" class="VPHome"')
      .replace('<meta charset="utf-8">', (meta) => `${meta}\n    ${headScript(prefix)}`)
  );
}

/** Wraps each string of a script that contains the placeholder. */
function relocateScript(code, parseAst) {
  const edits = [];
  const visit = (node) => {
    if (node === null || typeof node !== "object") return;
    if (Array.isArray(node)) return node.forEach(visit);
    const isText =
      node.type === "TemplateLiteral" ||
      (node.type === "Literal" && typeof node.value === "string");
    if (isText && code.slice(node.start, node.end).includes(PLACEHOLDER)) edits.push(node);
    else if (node.type === "Property" && !node.computed) visit(node.value);
    else for (const value of Object.values(node)) visit(value);
  };
  visit(parseAst(code));
  let result = code;
  for (const { start, end } of edits.sort((a, b) => b.start - a.start)) {
    result = `${result.slice(0, start)}(${result.slice(start, end)}${IN_SCRIPTS})${result.slice(end)}`;
  }
  return result;
}

/** Makes the built site work below any path of any file server. */
export function relocate(folder, parseAst) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(?:html|js|css)$/.test(entry.name)) continue;
    const file = join(entry.parentPath, entry.name);
    const text = readFileSync(file, "utf8");
    const path = posix.join(...relative(folder, file).split(/[\\/]/));
    if (!text.includes(PLACEHOLDER) && !path.endsWith(".html")) continue;
    if (path.startsWith("playground/")) continue;
    const moved = path.endsWith(".js")
      ? relocateScript(text, parseAst)
      : path.endsWith(".css")
        ? text.replaceAll(PLACEHOLDER, `${relative(dirname(path), "") || "."}/`)
        : relocateHtml(text, path);
    writeFileSync(file, moved);
  }
}
