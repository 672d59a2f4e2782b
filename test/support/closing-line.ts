import type { Reporter, TestModule } from "vitest/node";

/**
 * Ends the run with one line that people and scripts can read: `N passed, N failed`. Where
 * everything must be there (`SAMLCERT_REQUIRE_ALL=1`) a skipped test fails the run.
 */
export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const counts = { passed: 0, failed: errors.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      if (module.state() === "failed" && module.errors().length > 0) counts.failed++;
      for (const test of module.children.allTests()) counts[test.result().state]++;
    }
    const skipped = counts.skipped + counts.pending;
    const strict = process.env["SAMLCERT_REQUIRE_ALL"] === "1";
    if (strict && skipped > 0) {
      process.exitCode = 1;
      process.stdout.write("A skipped test is a failure here (SAMLCERT_REQUIRE_ALL=1):\n");
      for (const module of modules) {
        for (const test of module.children.allTests("skipped")) {
          process.stdout.write(`  ${module.relativeModuleId}: ${test.fullName}\n`);
        }
      }
    }
    const tail = skipped > 0 ? `, ${skipped} skipped` : "";
    process.stdout.write(`${counts.passed} passed, ${counts.failed} failed${tail}\n`);
  }
}
