import { existsSync } from "node:fs";
import { type Requirement, requirement } from "./require.ts";

export { load as loadPeer } from "../peers/load.ts";

const folder = new URL("../peers/node_modules/", import.meta.url);

/** Tells whether a package of test/peers is there; `npm run peers` installs them all. */
export function requirePeer(name: string): Requirement {
  const present = existsSync(new URL(`${name}/package.json`, folder));
  return requirement(present, `${name} (npm run peers)`);
}
