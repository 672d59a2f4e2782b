import { writeFileSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";

/** Leaves the outcome of each test in a file, for `npm run suite:runtimes`. */
export class Tally implements Reporter {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly { message: string }[]): void {
    const passed: string[] = [];
    const skipped: string[] = [];
    const failed = errors.map(({ message }) => ({ test: "outside of any test", message }));
    for (const module of modules) {
      const file = module.relativeModuleId;
      for (const { message } of module.errors()) failed.push({ test: file, message });
      for (const test of module.children.allTests()) {
        const result = test.result();
        const name = `${file} > ${test.fullName}`;
        if (result.state === "passed") passed.push(name);
        else if (result.state === "failed") {
          failed.push({ test: name, message: result.errors[0]?.message ?? "" });
        } else skipped.push(name);
      }
    }
    writeFileSync(this.#path, JSON.stringify({ passed, failed, skipped }));
  }
}
