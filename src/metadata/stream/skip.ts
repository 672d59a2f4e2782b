import { nextOf, type Scanner, Sought } from "../../xml/window.ts";

/** The ends of the content and of the end tag of the open element. */
export interface Extent {
  readonly contentEnd: number;
  readonly end: number;
}

/** Larger elements are read token by token, so that the window does not grow to skip them. */
const LARGEST = 1024 * 1024;

/**
 * Looks for the end of the element that was opened last, without reading its content. `"unclear"` if the
 * content has the element's name, a comment, a section or an instruction: only its tokens tell the end.
 * `"more"` if the window ends before the element does.
 */
export function findEnd(scanner: Scanner): Extent | "more" | "unclear" {
  const { window, at, tag } = scanner;
  const found = window.indexOf(tag.localName, at);
  if (found < 0) return tooFar(scanner);
  const nameAt = found - (tag.rawName.length - tag.localName.length);
  const end = found + tag.localName.length;
  if (end + 1 >= window.length) return tooFar(scanner);
  const isEndTag =
    window.charCodeAt(end) === 0x3e && window.startsWith(`</${tag.rawName}`, nameAt - 2);
  if (!isEndTag || hasOtherMarkup(scanner, Sought.exclamation, at, nameAt)) return "unclear";
  if (hasOtherMarkup(scanner, Sought.question, at, nameAt)) return "unclear";
  return { contentEnd: nameAt - 2, end: end + 1 };
}

function tooFar(scanner: Scanner): "more" | "unclear" {
  const isLong = scanner.window.length - scanner.at > LARGEST;
  return scanner.isLast || isLong ? "unclear" : "more";
}

/** True if there is a `<!` or `<?` between two offsets. */
function hasOtherMarkup(scanner: Scanner, sought: Sought, from: number, to: number): boolean {
  for (let at = nextOf(scanner, sought, from); at < to; at = nextOf(scanner, sought, at + 1)) {
    if (scanner.window.charCodeAt(at - 1) === 0x3c) return true;
  }
  return false;
}

/** Skips the element that was opened last. */
export function skipTo(scanner: Scanner, extent: Extent): void {
  scanner.open.pop();
  scanner.isRootDone = scanner.open.length === 0;
  scanner.at = extent.end;
}
