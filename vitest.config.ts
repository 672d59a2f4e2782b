import type { ViteUserConfig } from "vitest/config";
import { ClosingLine } from "./test/support/closing-line.ts";
import { Tally } from "./test/support/tally.ts";

const tally = process.env["SAMLCERT_TALLY"];

const config: ViteUserConfig = {
  test: {
    include: ["test/**/*.test.ts"],
    // The default leaves one core idle, which is half of a machine with two.
    maxWorkers: "100%",
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: tally === undefined ? ["default", new ClosingLine()] : [new Tally(tally)],
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      reporter: ["text-summary", "lcov"],
    },
  },
};

export default config;
