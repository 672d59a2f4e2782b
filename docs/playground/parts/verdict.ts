import { draw, make } from "./dom.ts";

export type Tone = "good" | "fair" | "bad";

/** A tick, an exclamation mark and a cross: a tone must not be told by its colour alone. */
const SIGNS: Readonly<Record<Tone, string>> = {
  good: "M6 16.5l7 7 13-15",
  fair: "M16 5v14M16 25v2",
  bad: "M8 8l16 16M24 8L8 24",
};

/** The result in a few large words that are read across the room, and the reason in a sentence. */
export function verdict(tone: Tone, words: string, why: string): HTMLElement {
  const sign = draw(
    "svg",
    { class: "sign", viewBox: "0 0 32 32", "aria-hidden": "true" },
    draw("path", { d: SIGNS[tone] }),
  );
  return make(
    "div",
    { class: `verdict ${tone}` },
    make("p", { class: "big" }, sign, make("span", {}, words)),
    make("p", { class: "why" }, why),
  );
}
