import type { Options } from "tsup";

const config: Options = {
  entry: {
    index: "src/index.ts",
    "certificates/index": "src/certificates/index.ts",
    "metadata/index": "src/metadata/index.ts",
    "signature/index": "src/signature/index.ts",
    "keys/index": "src/keys/index.ts",
    "providers/index": "src/providers/index.ts",
    "providers/clerk/index": "src/providers/clerk/index.ts",
    "providers/google-workspace/index": "src/providers/google-workspace/index.ts",
    "sendgrid/index": "src/providers/sendgrid/index.ts",
    "keycard/index": "src/providers/keycard/index.ts",
    "pandastack/index": "src/providers/pandastack/index.ts",
    "trusted-keys/index": "src/trusted-keys/index.ts",
    "rotation/index": "src/rotation/index.ts",
    "postgres/index": "src/postgres/index.ts",
    "watch/index": "src/watch/index.ts",
    "testing/index": "src/testing/index.ts",
    "schemas/index": "src/schemas/index.ts",
    "cli/bin": "src/cli/bin.ts",
  },
  format: ["esm"],
  target: "node20",
  platform: "node",
  dts: true,
  sourcemap: true,
  clean: true,
  treeshake: true,
};

export default config;
