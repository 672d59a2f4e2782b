import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { prometheus } from "../../src/watch/index.ts";
import { requireProgram } from "../support/require.ts";
import { everyState, manyStatuses, NOW } from "./support/statuses.ts";

const monitoring = join(import.meta.dirname, "..", "..", "docs", "monitoring");
const promtool = requireProgram("promtool");

function run(args: readonly string[], input = "") {
  const { status, stdout, stderr } = spawnSync("promtool", args, {
    cwd: monitoring,
    input,
    encoding: "utf8",
  });
  return { status, output: `${stdout}${stderr}` };
}

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  readonly gridPos: {
    readonly x: number;
    readonly y: number;
    readonly w: number;
    readonly h: number;
  };
  readonly targets: readonly { readonly expr: string; readonly refId: string }[];
}

const dashboard = JSON.parse(readFileSync(join(monitoring, "grafana.json"), "utf8"));
const panels: readonly Panel[] = dashboard.panels;
const expressions = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
const alerts = readFileSync(join(monitoring, "alerts.yml"), "utf8");

const text = prometheus([...everyState(), ...manyStatuses(100)], { now: NOW });
const metrics = new Set([...text.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name));
const named = (promql: string) =>
  Array.from(promql.matchAll(/\b(?:samlcert|x509)_[a-z0-9_]+/g), ([name]) => name);

describe.skipIf(promtool.missing)(`promtool${promtool.note}`, () => {
  test("finds nothing to complain about in the metrics", () => {
    expect(run(["check", "metrics"], text)).toEqual({ status: 0, output: "" });
  });

  test("runs the tests of the alert rules", () => {
    expect(run(["check", "rules", "alerts.yml"]).output).toContain("SUCCESS: 6 rules found");
    const result = run(["test", "rules", "alerts.test.yml"]);
    expect(result.status, result.output).toBe(0);
  });

  test("parses every expression of the dashboard", () => {
    const folder = mkdtempSync(join(tmpdir(), "samlcert-promtool-"));
    const rules = expressions.map((expr, index) => ({
      record: `panel:${index}`,
      expr: expr.replaceAll("$owner", ".*"),
    }));
    const path = join(folder, "dashboard.json");
    // JSON is YAML.
    writeFileSync(path, JSON.stringify({ groups: [{ name: "dashboard", rules }] }));
    const { output } = run(["check", "rules", path]);
    rmSync(folder, { recursive: true });
    expect(output).toContain(`SUCCESS: ${rules.length} rules found`);
  });
});

test("the alerts and the dashboard name only metrics that samlcert writes", () => {
  const unknown = [alerts, ...expressions].flatMap(named).filter((name) => !metrics.has(name));
  expect(unknown).toEqual([]);
});

test("the alerts and the dashboard use only labels that these metrics have", () => {
  const labels = new Set([...text.matchAll(/[{,](\w+)="/g)].map(([, label]) => label));
  const used = [alerts, ...expressions]
    .flatMap((promql) => [...promql.matchAll(/group_left \(([\w, ]+)\)|[{,](\w+)=~?"/g)])
    .flatMap(([, list = "", label = ""]) => [...list.split(/, ?/), label])
    .filter((label) => label !== "");
  expect(used.length).toBeGreaterThan(10);
  expect(used.filter((label) => !labels.has(label))).toEqual([]);
});

describe("the dashboard", () => {
  test("has panels with their own id, a title, a description and their own place", () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const cells = panels.flatMap(({ title, description, gridPos: { x, y, w, h } }) => {
      expect(title).not.toBe("");
      expect(description).toMatch(/\.$/);
      expect(x + w).toBeLessThanOrEqual(24);
      return Array.from({ length: w * h }, (_, i) => `${x + (i % w)},${y + Math.floor(i / w)}`);
    });
    expect(new Set(cells).size).toBe(cells.length);
  });

  test("asks for its data source and no address", () => {
    const variable = ["$", "{datasource}"].join("");
    expect(dashboard.templating.list[0]).toMatchObject({ name: "datasource", type: "datasource" });
    expect(JSON.stringify(dashboard)).not.toMatch(/https?:/);
    for (const panel of dashboard.panels) {
      expect(panel.datasource).toEqual({ type: "prometheus", uid: variable });
    }
  });
});
