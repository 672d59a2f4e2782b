import { make } from "./dom.ts";

/** A tab and the id of its section. */
export interface Tab {
  readonly id: string;
  readonly title: string;
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

/**
 * A tab list by the ARIA Authoring Practices: one tab stop; arrow keys, Home and End move and select. The
 * URL's fragment names the tab, so that a link can open it; a state can follow after `=`. Returns a function that selects a tab by its id.
 */
export function showTabs(list: HTMLElement, tabs: readonly Tab[]): (id: string) => void {
  const buttons = tabs.map(({ id, title }) =>
    make("button", { type: "button", role: "tab", id: `tab-${id}`, "aria-controls": id }, title),
  );
  const select = (place: number, focus: boolean): void => {
    for (const [index, tab] of tabs.entries()) {
      const chosen = index === place;
      buttons[index]?.setAttribute("aria-selected", String(chosen));
      buttons[index]?.setAttribute("tabindex", chosen ? "0" : "-1");
      document.getElementById(tab.id)?.toggleAttribute("hidden", !chosen);
    }
    if (!focus) return;
    buttons[place]?.focus();
    history.replaceState(null, "", `#${tabs[place]?.id ?? ""}`);
  };
  for (const [index, button] of buttons.entries()) {
    button.addEventListener("click", () => select(index, true));
    button.addEventListener("keydown", (event) => {
      const step = STEPS[event.key];
      const last = tabs.length - 1;
      const place =
        step !== undefined
          ? (index + step + tabs.length) % tabs.length
          : { Home: 0, End: last }[event.key];
      if (place === undefined) return;
      event.preventDefault();
      select(place, true);
    });
  }
  const fromAddress = (): void => {
    const [id] = location.hash.slice(1).split("=");
    const place = tabs.findIndex((tab) => tab.id === id);
    select(Math.max(place, 0), false);
  };
  list.replaceChildren(...buttons);
  addEventListener("hashchange", fromAddress);
  fromAddress();
  return (id) =>
    select(
      Math.max(
        0,
        tabs.findIndex((tab) => tab.id === id),
      ),
      true,
    );
}

/** A panel that a link can fill, with the texts that its own link contains. */
export interface Panel {
  restore(texts: readonly string[]): void;
}
