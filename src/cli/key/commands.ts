import type { Command } from "../framework/command.ts";
import { keyCreateCommand } from "./create.ts";
import { keyInspectCommand } from "./inspect.ts";
import { keyMatchCommand } from "./match.ts";
import { keyRenewCommand } from "./renew.ts";
import { keyRequestCommand } from "./request.ts";
import { rolloverPlanCommand, rolloverStatusCommand } from "./rollover.ts";
import { rolloverNextCommand } from "./rollover-next.ts";

/** Everything about the service's own keys, in the order of the help. */
export const keyCommands: readonly Command[] = [
  keyCreateCommand,
  keyRequestCommand,
  keyRenewCommand,
  keyInspectCommand,
  keyMatchCommand,
  rolloverPlanCommand,
  rolloverNextCommand,
  rolloverStatusCommand,
];
