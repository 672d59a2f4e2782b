import type { Output } from "../io.ts";
import type { Style } from "./style.ts";
import { shorten } from "./text.ts";

/** Shows long work as it happens. */
export interface Progress {
  /** What is being done now: replaces the line on a terminal, and is left out elsewhere. */
  doing(text: string): void;
  /** What is done: stays. */
  done(text: string): void;
  /** Removes a line that still says what is being done. */
  clear(): void;
}

const ERASE_LINE = "\r\u001b[2K";

/** On a terminal a line that moves on; in a pipe or a log plain lines, one a finished step. */
export function progressOn(output: Output, style: Style): Progress {
  const clear = (): void => {
    if (output.isTTY) output.write(ERASE_LINE);
  };
  return {
    doing: (text) => {
      if (!output.isTTY) return;
      output.write(`${ERASE_LINE}${style.dim(shorten(text, Math.max(20, output.columns - 1)))}`);
    },
    done: (text) => {
      clear();
      output.write(`${text}\n`);
    },
    clear,
  };
}
