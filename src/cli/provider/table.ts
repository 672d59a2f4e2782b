import type { OutputName } from "../../schemas/documents.ts";
import type {
  ArgumentSpec,
  Command,
  Example,
  Invocation,
  OptionSpec,
} from "../framework/command.ts";
import { EXIT, type ExitCode } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { confirm } from "./confirm.ts";
import { show } from "./output.ts";

/** The shared parts of a provider's commands. */
export interface ProviderGroup<Client> {
  /** The words before the verb, such as `sendgrid certificates`. */
  readonly prefix: string;
  /** Options of every command: how the provider is reached, and `--json`. */
  readonly options: readonly OptionSpec[];
  /** The end of every description: the source of the key. */
  readonly note: string;
  open(invocation: Invocation, io: Io): Promise<Client>;
}

/** The input of one command. */
export interface Call<Client> {
  readonly args: readonly string[];
  readonly invocation: Invocation;
  readonly io: Io;
  /** For the client's functions. */
  readonly options: { readonly signal: AbortSignal };
  /** Opens the client; called after the checks that need no key. */
  client(): Promise<Client>;
  /** Asks for confirmation before a change that cannot be undone. */
  ask(question: string): Promise<void>;
}

/** The result of a command. */
export interface Answer {
  readonly json: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** The exit code, if it is not 0. */
  readonly exit?: ExitCode;
}

/** One command of a provider. */
export interface ProviderCommand<Client> {
  readonly verb: string;
  readonly summary: string;
  /** Sentences before the note. */
  readonly description?: string;
  readonly arguments?: readonly ArgumentSpec[];
  readonly options?: readonly OptionSpec[];
  /** Each `command` is the part after the command's name. */
  readonly examples: readonly Example[];
  /** The document that it prints with `--json`. */
  readonly format: OutputName;
  run(call: Call<Client>): Promise<Answer>;
}

/** Builds the commands of a table. */
export function providerCommands<Client>(
  group: ProviderGroup<Client>,
  table: readonly ProviderCommand<Client>[],
): readonly Command[] {
  return table.map(({ verb, summary, description = "", format, run, ...entry }) => ({
    name: `${group.prefix} ${verb}`,
    summary,
    description: `${description} ${group.note}`.trim(),
    arguments: entry.arguments ?? [],
    options: [...(entry.options ?? []), ...group.options],
    examples: entry.examples.map(({ command, does }) => ({
      command: `samlcert ${group.prefix} ${verb} ${command}`.trim(),
      does,
    })),
    formats: [format],
    async run(invocation, io) {
      const { json, text, exit } = await run({
        args: invocation.arguments,
        invocation,
        io,
        options: { signal: io.signal },
        client: () => group.open(invocation, io),
        ask: (question) => confirm(invocation, io, question),
      });
      show(invocation, io, { format, json, text });
      return exit ?? EXIT.ok;
    },
  }));
}
