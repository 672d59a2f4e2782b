import type { Output } from "../framework/io.ts";
import type { Style } from "./style.ts";
import { printable } from "./text.ts";
import { shorten } from "./width.ts";

/** Says how far long work is: one line at the foot of a terminal, and nothing elsewhere. */
export interface Progress {
  /** What is being done now, such as `reading idp.pem`. */
  doing(text: string): void;
  /** The same of what leaves no time to draw the line later: it is drawn at once. */
  busy(text: string): void;
  /** How many of how many are done. */
  done(number: number, total: number | undefined, noun: string): void;
  /** Nothing is being done that could be told: a person is asked, or a program waits for them. */
  clear(): void;
  /** What stands if the command is ended now, as a sentence. */
  stands(sentence: string): void;
}

/** What was last told. */
export interface Told {
  readonly doing: string | undefined;
  readonly stands: string;
  /** Whether the line stood on the terminal until now. */
  readonly drawn: boolean;
}

/** The progress of one command, for whoever runs it. */
export interface ProgressLine extends Progress {
  /** Removes the line and tells nothing any more. */
  end(): Told;
  /** An output that the line is never in the way of. */
  beside(output: Output): Output;
}

const ERASE_LINE = "\r\u001b[2K";
/** What takes less is over before a line about it is read. */
const FIRST_AFTER_MS = 1000;
const AT_MOST_EVERY_MS = 100;

/** The progress of a command; where it is not shown, it is only remembered. */
export function progressLine(output: Output, style: Style, shown: boolean): ProgressLine {
  let text: string | undefined;
  let counted = "";
  let standing = "Nothing was changed.";
  let drawnAt: number | undefined;
  const started = performance.now();

  function erase(): void {
    if (drawnAt !== undefined) output.write(ERASE_LINE);
    drawnAt = undefined;
  }
  function draw(): void {
    const now = performance.now();
    if (now - started < FIRST_AFTER_MS) return;
    if (drawnAt === undefined || now - drawnAt >= AT_MOST_EVERY_MS) drawNow(now);
  }
  function drawNow(now: number): void {
    if (!shown || text === undefined) return;
    drawnAt = now;
    const elapsed = Math.floor((now - started) / 1000);
    const seconds = elapsed === 0 ? "" : `  ${elapsed} s`;
    const room = Math.max(10, output.columns - 1 - seconds.length);
    output.write(`${ERASE_LINE}${style.dim(shorten(printable(text), room) + seconds)}`);
  }
  // The line also appears, and its seconds count, while one thing takes long.
  const timer = shown ? setInterval(draw, FIRST_AFTER_MS).unref() : undefined;

  return {
    doing(next) {
      text = next + counted;
      draw();
    },
    busy(next) {
      text = next + counted;
      drawNow(performance.now());
    },
    done(number, total, noun) {
      const of = total === undefined ? "" : ` of ${total}`;
      counted = ` (${number}${of} ${noun}s done)`;
    },
    clear() {
      text = undefined;
      erase();
    },
    stands(sentence) {
      standing = sentence;
    },
    end() {
      clearInterval(timer);
      const last = { doing: text, stands: standing, drawn: drawnAt !== undefined };
      text = undefined;
      erase();
      return last;
    },
    beside: (other) => ({
      isTTY: other.isTTY,
      get columns() {
        return other.columns;
      },
      write(more) {
        if (other.isTTY) erase();
        other.write(more);
      },
    }),
  };
}

/** Whether the progress line is shown: to a person at a terminal that can erase a line. */
export function showsProgress(
  output: Output,
  env: Readonly<Record<string, string | undefined>>,
  argv: readonly string[],
): boolean {
  const unwanted = argv.includes("--json") || argv.includes("--quiet") || argv.includes("-q");
  return output.isTTY && env["TERM"] !== "dumb" && !unwanted;
}
