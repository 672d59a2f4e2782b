import type { ViteUserConfig } from "vitest/config";
import { ClosingLine } from "./test/support/closing-line.ts";

const config: ViteUserConfig = {
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ["default", new ClosingLine()],
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      reporter: ["text-summary", "lcov"],
    },
  },
};

export default config;
