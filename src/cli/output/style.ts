import { styleText } from "node:util";
import type { Io, Output } from "../framework/io.ts";

type Paint = (text: string) => string;

/** The styles of the output, by meaning. */
export interface Style {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly good: Paint;
  readonly warn: Paint;
  readonly bad: Paint;
  readonly accent: Paint;
  /** False if every style leaves the text as it is. */
  readonly enabled: boolean;
}

const FORMATS = {
  bold: "bold",
  dim: "dim",
  good: "green",
  warn: "yellow",
  bad: "red",
  accent: "cyan",
} as const;

function paints(enabled: boolean): Style {
  const paint = (format: (typeof FORMATS)[keyof typeof FORMATS]): Paint =>
    enabled ? (text) => styleText(format, text, { validateStream: false }) : (text) => text;
  return {
    bold: paint(FORMATS.bold),
    dim: paint(FORMATS.dim),
    good: paint(FORMATS.good),
    warn: paint(FORMATS.warn),
    bad: paint(FORMATS.bad),
    accent: paint(FORMATS.accent),
    enabled,
  };
}

/** Colour follows the terminal: `FORCE_COLOR`, then `NO_COLOR` and `TERM=dumb`, then a terminal. */
export function styleFor(output: Output, io: Pick<Io, "env">, argv: readonly string[] = []): Style {
  const { env } = io;
  if (argv.includes("--no-color")) return paints(false);
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined && forced !== "" && forced !== "0") return paints(true);
  const refused = (env["NO_COLOR"] ?? "") !== "" || env["TERM"] === "dumb";
  return paints(output.isTTY && !refused);
}
