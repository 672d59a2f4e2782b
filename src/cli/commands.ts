import { checkCommand } from "./check/command.ts";
import { completionCommand } from "./completion/command.ts";
import { demoCommand } from "./demo/command.ts";
import { explainCommand } from "./explain/command.ts";
import { fakeCommands } from "./fake/commands.ts";
import { fleetCommands } from "./fleet/commands.ts";
import type { Command } from "./framework/command.ts";
import { helpCommand, versionCommand } from "./help/command.ts";
import { manCommand } from "./help/man-command.ts";
import { inspectCommand } from "./inspect/command.ts";
import { keyCommands } from "./key/commands.ts";
import { keycardCommands } from "./keycard/commands.ts";
import { metadataCommands } from "./metadata/commands.ts";
import { pandastackCommands } from "./pandastack/commands.ts";
import { explainResponseCommand } from "./response/command.ts";
import { rotationCommands } from "./rotate/commands.ts";
import { schemaCommand } from "./schema/command.ts";
import { certificateCommands } from "./sendgrid/certificates.ts";
import { integrationCommands } from "./sendgrid/integrations.ts";
import { teammateCommands } from "./sendgrid/teammates.ts";
import { watchCommand } from "./watch/command.ts";

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  checkCommand,
  inspectCommand,
  explainCommand,
  explainResponseCommand,
  ...metadataCommands,
  ...keyCommands,
  ...rotationCommands,
  watchCommand,
  ...fleetCommands,
  ...integrationCommands,
  ...certificateCommands,
  ...teammateCommands,
  ...keycardCommands,
  ...pandastackCommands,
  ...fakeCommands,
  demoCommand,
  schemaCommand(() => commands),
  completionCommand(() => commands),
  manCommand(() => commands),
  helpCommand(() => commands),
  versionCommand,
];
