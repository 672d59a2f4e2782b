import type { RolloverEvent, RolloverKey, RolloverState, RolloverUse } from "./types.ts";

/** One key of a rollover, and what has happened to it. Times are unix seconds. */
export interface KeyStory {
  readonly key: RolloverKey;
  readonly announcedAt: number;
  /** Since then it is the current key. */
  readonly currentAt: number | undefined;
  /** Since then another key is the current one. */
  readonly succeededAt: number | undefined;
  readonly retiredAt: number | undefined;
  readonly compromised: boolean;
}

/** The keys of one purpose, oldest first. */
export interface Situation {
  readonly stories: readonly KeyStory[];
  readonly current: KeyStory | undefined;
  /** The key that is announced and not yet current. */
  readonly next: KeyStory | undefined;
  /** Former keys that are not retired. */
  readonly old: readonly KeyStory[];
}

/** The facts about the keys of one purpose, up to a point in time. */
export function situationOf(state: RolloverState, use: RolloverUse, now: number): Situation {
  const stories = state.events
    .filter(({ at }) => at <= now)
    .reduce((before, event) => afterEvent(before, event, use), [] as readonly KeyStory[]);
  const living = stories.filter(({ retiredAt }) => retiredAt === undefined);
  return {
    stories,
    current: living.find((one) => one.currentAt !== undefined && one.succeededAt === undefined),
    next: living.find(({ currentAt }) => currentAt === undefined),
    old: living.filter(({ succeededAt }) => succeededAt !== undefined),
  };
}

function afterEvent(
  stories: readonly KeyStory[],
  event: RolloverEvent,
  use: RolloverUse,
): readonly KeyStory[] {
  if (event.type === "read" || event.use !== use) return stories;
  const { at } = event;
  if (event.type === "started") return [...stories, storyOf(event.key, at, at)];
  if (event.type === "announced") return [...stories, storyOf(event.key, at, undefined)];
  return stories.map((story) => {
    const isMeant = story.key.spkiSha256 === event.spkiSha256;
    if (event.type === "retired") {
      return isMeant ? { ...story, retiredAt: at, compromised: event.compromised } : story;
    }
    if (isMeant) return { ...story, currentAt: at };
    return { ...story, succeededAt: story.succeededAt ?? at };
  });
}

function storyOf(key: RolloverKey, announcedAt: number, currentAt: number | undefined): KeyStory {
  const open = { succeededAt: undefined, retiredAt: undefined, compromised: false };
  return { key, announcedAt, currentAt, ...open };
}

/** The identity providers that have read metadata which `shows` accepts. */
export function readersOf(
  state: RolloverState,
  now: number,
  shows: (event: Extract<RolloverEvent, { type: "read" }>) => boolean,
): ReadonlySet<string> {
  const readers = state.events.flatMap((event) =>
    event.type === "read" && event.at <= now && shows(event) ? [event.entityId] : [],
  );
  return new Set(readers);
}
