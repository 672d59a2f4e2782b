import { make } from "./dom.ts";

/** A kind of part of a text, and its meaning in one sentence. */
export interface Part {
  readonly id: string;
  readonly title: string;
  readonly about: string;
}

/** A piece of a text: its part, if it is explained, and its colour. */
export interface Piece {
  readonly text: string;
  readonly part?: string | undefined;
  readonly colour?: string | undefined;
}

export interface Explained {
  readonly pieces: readonly Piece[];
  /** The parts that occur, in their order. */
  readonly parts: readonly Part[];
}

/**
 * Colours a text in `shown` and returns the list of its parts. Pointing at a piece, or focusing its part
 * in the list, explains it. The text stays exactly what it was, so that a copy is exact.
 */
export function explainIn(shown: HTMLElement, { pieces, parts }: Explained): HTMLElement {
  const about = make(
    "p",
    { class: "about" },
    "Point at a part, or choose one, to see its meaning.",
  );
  const spans = pieces.map(({ text, part, colour }) => {
    const span = make("span", {
      ...(colour === undefined ? {} : { class: colour }),
      ...(part === undefined ? {} : { "data-part": part }),
    });
    span.textContent = text;
    return span;
  });
  shown.replaceChildren(...spans);
  const chips = new Map(
    parts.map((part) => {
      const choose = (): void => show(part.id);
      const properties = { type: "button", class: "chip", "aria-pressed": "false" };
      return [
        part.id,
        make("button", { ...properties, onclick: choose, onfocus: choose }, part.title),
      ] as const;
    }),
  );
  const show = (id: string): void => {
    const part = parts.find((one) => one.id === id);
    if (part === undefined) return;
    for (const [other, chip] of chips) chip.setAttribute("aria-pressed", String(other === id));
    for (const span of spans) span.classList.toggle("on", span.dataset["part"] === id);
    about.replaceChildren(make("strong", {}, `${part.title}: `), make("span", {}, part.about));
  };
  for (const type of ["mouseover", "click"]) {
    shown.addEventListener(type, (event) => {
      const { part } = (event.target as HTMLElement).dataset;
      if (part !== undefined) show(part);
    });
  }
  return make(
    "div",
    { class: "explained" },
    make(
      "div",
      { class: "chips", role: "group", "aria-label": "Parts of the text" },
      ...chips.values(),
    ),
    about,
  );
}
