import { bodyText } from "../http/content.ts";
import { decodeObject } from "../http/decode.ts";
import type { CallOptions, Operation } from "../http/operation.ts";
import type { WireTable } from "../http/wire.ts";
import { type Context, clientError, decoding } from "./context.ts";
import { identity, operations } from "./operations.ts";
import { droppedRights, teammateFaults } from "./teammate-rights.ts";
import type {
  CreateTeammateBody,
  SendGridTeammate,
  TeammateWrite,
  UpdateTeammateBody,
} from "./types.ts";
import { createdTeammateWire, updatedTeammateWire } from "./wire.ts";

/**
 * The people who sign in through SSO. To show or delete one, use SendGrid's Teammates API: the SSO
 * API has no operation for it.
 */
export interface SendGridTeammates {
  create(body: CreateTeammateBody, options?: CallOptions): Promise<TeammateWrite>;
  /** `username` is the teammate's e-mail address. */
  update(username: string, body: UpdateTeammateBody, options?: CallOptions): Promise<TeammateWrite>;
}

export function teammatesOf(context: Context): SendGridTeammates {
  async function write(
    operation: Operation,
    wire: WireTable,
    body: UpdateTeammateBody,
    call: { readonly username?: string; readonly options: CallOptions | undefined },
  ): Promise<TeammateWrite> {
    bodyText(operation, body, identity.name);
    const [fault] = teammateFaults(body);
    if (fault !== undefined) {
      const { message, field } = fault;
      throw clientError("provider.argument", message, operation, { field });
    }
    const parameters = call.username === undefined ? {} : { username: call.username };
    const answer = await context.transport.call(operation, { parameters, body }, call.options);
    const teammate = decodeObject<SendGridTeammate>(wire, answer, decoding(context, operation));
    return { teammate, dropped: droppedRights(body, teammate) };
  }

  return {
    create: (body, options) =>
      write(operations.createTeammate, createdTeammateWire, body, { options }),
    update: (username, body, options) =>
      write(operations.updateTeammate, updatedTeammateWire, body, { username, options }),
  };
}
