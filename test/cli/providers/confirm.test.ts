import { describe, expect, test } from "vitest";
import type { Invocation } from "../../../src/cli/framework/command.ts";
import type { Io } from "../../../src/cli/framework/io.ts";
import { confirm } from "../../../src/cli/provider/confirm.ts";

describe("confirm", () => {
  const invocation = { flag: () => false } as unknown as Invocation;

  async function asked(...chunks: string[]): Promise<{ asked: string; agreed: boolean }> {
    let text = "";
    const io = {
      progress: { clear: () => {} },
      stderr: { write: (more: string) => (text += more) },
      stdin: {
        isTTY: true,
        async *[Symbol.asyncIterator]() {
          for (const chunk of chunks) yield new TextEncoder().encode(chunk);
        },
      },
    } as unknown as Io;
    const agreed = await confirm(invocation, io, "Really?").then(
      () => true,
      () => false,
    );
    return { asked: text, agreed };
  }

  test.each([
    [["yes\n"], true],
    [["ye", "s\r\n"], true],
    [["YES\nno\n"], true],
    [["y\n"], false],
    [["no\n"], false],
    [["\n"], false],
    [[], false],
    [["x".repeat(5000)], false],
  ])("confirm reads the answer %j", async (chunks, agreed) => {
    expect(await asked(...chunks)).toEqual({ asked: "Really? Type yes to continue: ", agreed });
  });
});
