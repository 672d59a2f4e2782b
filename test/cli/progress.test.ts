import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Output } from "../../src/cli/framework/io.ts";
import { progressLine, showsProgress } from "../../src/cli/output/progress.ts";
import { styleFor } from "../../src/cli/output/style.ts";
import { displayWidth } from "../../src/core/width.ts";
import { runCommand } from "../support/cli.ts";

const ERASE = "\r\u001b[2K";

function terminal(columns = 40): Output & { readonly written: () => string } {
  let text = "";
  return {
    isTTY: true,
    columns,
    write: (more) => {
      text += more;
    },
    written: () => text,
  };
}

const plain = styleFor(terminal(), { env: { NO_COLOR: "1" } });

describe("the progress line", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("the progress line appears after a second, follows the work, and is removed at the end", () => {
    const output = terminal();
    const progress = progressLine(output, plain, true);
    progress.doing("reading a.pem");
    vi.advanceTimersByTime(999);
    expect(output.written()).toBe("");
    vi.advanceTimersByTime(1);
    expect(output.written()).toBe(`${ERASE}reading a.pem  1 s`);
    progress.done(3, 9, "file");
    progress.doing("reading b.pem");
    vi.advanceTimersByTime(1000);
    expect(output.written()).toMatch(/reading b\.pem \(3 of 9 files done\) {2}2 s$/);
    expect(progress.end()).toEqual({
      doing: "reading b.pem (3 of 9 files done)",
      stands: "Nothing was changed.",
      drawn: true,
    });
    expect(output.written().endsWith(ERASE)).toBe(true);
    const before = output.written();
    vi.advanceTimersByTime(5000);
    expect(output.written()).toBe(before);
  });

  test("the progress line appears at once before blocking work", () => {
    const output = terminal();
    const progress = progressLine(output, plain, true);
    progress.busy("working through large.xml");
    expect(output.written()).toBe(`${ERASE}working through large.xml`);
    progress.end();
    expect(output.written().endsWith(ERASE)).toBe(true);
  });

  test("the progress line never mixes with output and stays hidden during a prompt", () => {
    const output = terminal();
    const progress = progressLine(output, plain, true);
    const beside = progress.beside(output);
    progress.doing("waiting");
    vi.advanceTimersByTime(1000);
    progress.clear();
    beside.write("Type yes to continue: ");
    vi.advanceTimersByTime(9000);
    expect(output.written()).toBe(`${ERASE}waiting  1 s${ERASE}Type yes to continue: `);
  });

  test("the progress line is drawn at most ten times a second, always on one line", () => {
    const output = terminal(30);
    const progress = progressLine(output, plain, true);
    vi.advanceTimersByTime(1000);
    for (let i = 0; i < 1000; i++) {
      progress.doing(`reading ${"日本語の会社".repeat(5)} ${i}\n\u001b[2J`);
      vi.advanceTimersByTime(1);
    }
    const lines = output.written().split(ERASE).slice(1);
    expect(lines.length).toBeLessThanOrEqual(12);
    for (const line of lines) {
      expect(displayWidth(line)).toBeLessThan(30);
      expect(line).toMatch(/^\P{Cc}*$/u);
    }
  });

  test("a hidden progress line writes nothing but keeps the last report", () => {
    const output = terminal();
    const progress = progressLine(output, plain, false);
    progress.doing("reading");
    vi.advanceTimersByTime(9000);
    expect(progress.end()).toMatchObject({ doing: "reading", drawn: false });
    expect(output.written()).toBe("");
  });
});

test.each([
  [{}, [], true],
  [{ NO_COLOR: "1" }, [], true],
  [{ TERM: "dumb" }, [], false],
  [{}, ["--json"], false],
  [{}, ["--quiet"], false],
  [{}, ["-q"], false],
] as const)("showsProgress with %j and %j is %s", (env, argv, shown) => {
  expect(showsProgress(terminal(), env, argv)).toBe(shown);
  expect(showsProgress({ ...terminal(), isTTY: false }, env, argv)).toBe(false);
});

test("a quick command prints no progress line", async () => {
  const { stderr } = await runCommand(["schema", "check"], { isTTY: true });
  expect(stderr).toBe("");
});
