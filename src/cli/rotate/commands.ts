import type { Command } from "../framework/command.ts";
import { rotateApplyCommand } from "./apply.ts";
import { rotateCommand } from "./command.ts";
import { rotateListCommand } from "./list.ts";
import { rotateObserveCommand } from "./observe.ts";
import { rotatePlanCommand } from "./plan.ts";
import { rotateResumeCommand, rotateRetireCommand, rotateRollbackCommand } from "./resume.ts";
import { rotateStatusCommand } from "./status.ts";

/** Everything about rotations, in the order of the help. */
export const rotationCommands: readonly Command[] = [
  rotateCommand,
  rotatePlanCommand,
  rotateApplyCommand,
  rotateResumeCommand,
  rotateRetireCommand,
  rotateRollbackCommand,
  rotateObserveCommand,
  rotateListCommand,
  rotateStatusCommand,
];
