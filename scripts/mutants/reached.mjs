/** Notes which mutants a test file reaches, where they call `__samlcertReached`. */
import { appendFileSync } from "node:fs";
import { afterAll, beforeAll, expect } from "vitest";

const path = process.env.SAMLCERT_REACHED;
if (path !== undefined) {
  const reached = new Set();
  const onLoad = new Set();
  let current = onLoad;
  globalThis.__samlcertReached = (id) => current.add(id);
  beforeAll(() => {
    current = reached;
  });
  afterAll(() => {
    const { testPath } = expect.getState();
    const line = { testPath, reached: [...reached], onLoad: [...onLoad] };
    appendFileSync(path, `${JSON.stringify(line)}\n`);
  });
}
