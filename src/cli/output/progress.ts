import { shorten } from "../../core/width.ts";
import type { Output } from "../framework/io.ts";
import type { Style } from "./style.ts";
import { printable, terminalSafe } from "./text.ts";

/** Reports the progress of long work on one line of a terminal; elsewhere it prints nothing. */
export interface Progress {
  /** Sets the current activity, such as `reading idp.pem`. */
  doing(text: string): void;
  /** Sets the activity and draws at once, before work that blocks the event loop. */
  busy(text: string): void;
  /** Sets the number of finished items. */
  done(number: number, total: number | undefined, noun: string): void;
  /** Hides the line, for example during a prompt. */
  clear(): void;
  /** Sets the sentence that is printed if the command is interrupted now. */
  stands(sentence: string): void;
}

/** The last report. */
export interface Told {
  readonly doing: string | undefined;
  readonly stands: string;
  /** True if the line was visible until now. */
  readonly drawn: boolean;
}

/** The progress line of one command. */
export interface ProgressLine extends Progress {
  /** Removes the line and stops drawing. */
  end(): Told;
  /** Wraps an output so that it erases the line before it writes. */
  beside(output: Output): Output;
}

const ERASE_LINE = "\r\u001b[2K";
/** Shorter work is over before anybody reads the line. */
const FIRST_AFTER_MS = 1000;
const AT_MOST_EVERY_MS = 100;

/** Creates the progress line. If it is not shown, it only keeps the last report. */
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
  // Also draws the line and counts its seconds during one long activity.
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
        other.write(other.isTTY ? terminalSafe(more) : more);
      },
    }),
  };
}

/** True at a terminal that can erase a line, unless `--json` or `--quiet` is given. */
export function showsProgress(
  output: Output,
  env: Readonly<Record<string, string | undefined>>,
  argv: readonly string[],
): boolean {
  const unwanted = argv.includes("--json") || argv.includes("--quiet") || argv.includes("-q");
  return output.isTTY && env["TERM"] !== "dumb" && !unwanted;
}
