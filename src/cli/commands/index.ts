import type { Command } from "../command.ts";
import { checkCommand } from "./check.ts";
import { demoCommand } from "./demo.ts";
import { inspectCommand } from "./inspect.ts";
import { metadataSpCommand } from "./metadata/sp.ts";
import { rotateCommand } from "./rotate.ts";

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  checkCommand,
  inspectCommand,
  metadataSpCommand,
  rotateCommand,
  demoCommand,
];
