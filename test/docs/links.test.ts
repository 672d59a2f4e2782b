import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";
import { codeTables } from "../../src/core/codes/all.ts";
import { type Page, pages, root } from "./support/pages.ts";

const allCodes = Object.values(codeTables).flatMap((tables) => tables.flatMap(Object.keys));

/** The anchor that GitHub gives a heading. */
function anchorOf(heading: string): string {
  return heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replaceAll(/[`*\\]/g, "")
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(" ", "-");
}

function withoutCode(text: string): string {
  return text.replaceAll(/^ {0,3}```[\s\S]*?^ {0,3}```/gm, "").replaceAll(/`[^`\n]*`/g, "");
}

function anchorsOf(text: string): Set<string> {
  const seen = new Map<string, number>();
  const anchors = new Set<string>();
  for (const [, heading] of text
    .replaceAll(/^ {0,3}```[\s\S]*?^ {0,3}```/gm, "")
    .matchAll(/^#{1,6}\s+(.+)$/gm)) {
    const anchor = anchorOf(heading ?? "");
    const times = seen.get(anchor) ?? 0;
    seen.set(anchor, times + 1);
    anchors.add(times === 0 ? anchor : `${anchor}-${times}`);
  }
  for (const [, id = ""] of text.matchAll(/^<a id="([^"]+)"><\/a>$/gm)) anchors.add(id);
  return anchors;
}

function brokenLinks({ path, text }: Page): string[] {
  const targets = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(
    ([, target]) => target ?? "",
  );
  return targets.flatMap((target) => {
    if (/^[a-z]+:/i.test(target)) return [];
    const [file = "", anchor] = target.split("#");
    const full = file === "" ? path : normalize(join(dirname(path), file));
    if (!existsSync(join(root, full))) return [`${path}: ${target} does not exist`];
    if (anchor === undefined) return [];
    const anchors = anchorsOf(readFileSync(join(root, full), "utf8"));
    return anchors.has(anchor) ? [] : [`${path}: ${target} has no such heading`];
  });
}

test("every relative link and anchor has a target", () => {
  expect(pages({ withApi: true }).flatMap(brokenLinks)).toEqual([]);
});

test("every code on a page is in the tables", () => {
  const known = new Set(allCodes);
  const families = new Set(allCodes.map((code) => code.split(".")[0]));
  const unknown = pages()
    .filter(({ path }) => path !== "docs/errors.md")
    .flatMap(({ path, text }) =>
      [...text.matchAll(/`([a-z0-9]+(?:\.[a-z0-9_]+)+)`/g)]
        .map(([, code = ""]) => code)
        .filter((code) => !/\.(?:mjs|ts|json|md|pem)$/.test(code))
        .filter((code) => families.has(code.split(".")[0]) && !known.has(code))
        .map((code) => `${path}: ${code}`),
    );
  expect(unknown).toEqual([]);
});

test("the README or the list of guides links every guide", () => {
  const linked = pages()
    .filter(({ path }) => path === "README.md" || path === "docs/README.md")
    .flatMap(({ path, text }) =>
      [...text.matchAll(/\]\(([^)#\s]+)/g)].map(([, target]) =>
        normalize(join(dirname(path), target ?? "")),
      ),
    );
  const guides = pages()
    .map(({ path }) => path)
    .filter((path) => path.startsWith("docs/") && path !== "docs/README.md");
  expect(guides.filter((path) => !linked.includes(path))).toEqual([]);
});
