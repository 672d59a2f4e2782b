import type { UntrustedEntity } from "../../../src/metadata/index.ts";
import { folded, make } from "../parts/dom.ts";
import { entityBlock, rolesText } from "./entity.ts";

/** With more entities than this, each one is folded. */
export const MAX_OPEN = 3;
const MAX_SHOWN = 50;

function items(entities: readonly UntrustedEntity[], now: number): HTMLElement[] {
  if (entities.length <= MAX_OPEN) return entities.map((entity) => entityBlock(entity, now));
  return entities.slice(0, MAX_SHOWN).map((entity) => {
    const title = make("span", {}, make("strong", {}, entity.entityId), ` ${rolesText(entity)}`);
    return folded(title, () => entityBlock(entity, now));
  });
}

/** A few entities are open, many are folded, and even more get a search field. */
export function entityList(entities: readonly UntrustedEntity[], now: number): HTMLElement[] {
  if (entities.length <= MAX_OPEN) return items(entities, now);
  const list = make("div", { class: "entities" });
  const said = make("p", { class: "said", role: "status" });
  const find = make("input", { type: "search", id: "find-entity", autocomplete: "off" });
  const show = (): void => {
    const wanted = find.value.trim().toLowerCase();
    const found = entities.filter(({ entityId }) => entityId.toLowerCase().includes(wanted));
    list.replaceChildren(...items(found, now));
    said.textContent =
      found.length > MAX_SHOWN
        ? `Showing the first ${MAX_SHOWN} of ${found.length}.`
        : `${found.length} of ${entities.length}`;
  };
  find.addEventListener("input", show);
  show();
  return [
    make(
      "div",
      { class: "block" },
      make("h3", {}, "Entities"),
      make("label", { for: "find-entity" }, "Find by entityID"),
      find,
      said,
      list,
    ),
  ];
}
