import type { Command } from "../framework/command.ts";
import { metadataDiffCommand } from "./diff.ts";
import { metadataExtractCommand } from "./extract.ts";
import { metadataFetchCommand } from "./fetch.ts";
import { metadataIdpCommand } from "./idp.ts";
import { metadataInspectCommand } from "./inspect.ts";
import { metadataSignCommand } from "./sign.ts";
import { metadataSpCommand } from "./sp.ts";
import { metadataValidateCommand } from "./validate.ts";
import { metadataVerifyCommand } from "./verify.ts";

/** The commands about metadata, in the order of the help. */
export const metadataCommands: readonly Command[] = [
  metadataSpCommand,
  metadataIdpCommand,
  metadataFetchCommand,
  metadataInspectCommand,
  metadataValidateCommand,
  metadataSignCommand,
  metadataVerifyCommand,
  metadataDiffCommand,
  metadataExtractCommand,
];
