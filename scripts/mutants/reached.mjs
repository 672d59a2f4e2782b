/** Notes which mutants a test file reaches, where they call `__samlcertReached`. */
import { appendFileSync } from "node:fs";
import { afterAll, expect } from "vitest";

const path = process.env.SAMLCERT_REACHED;
if (path !== undefined) {
  const reached = new Set();
  globalThis.__samlcertReached = (id) => reached.add(id);
  afterAll(() => {
    const { testPath } = expect.getState();
    appendFileSync(path, `${JSON.stringify({ testPath, reached: [...reached] })}\n`);
  });
}
