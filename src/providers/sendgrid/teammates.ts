import { bodyText } from "../http/content.ts";
import { decodeObject } from "../http/decode.ts";
import type { CallOptions, Operation } from "../http/operation.ts";
import { type Context, clientError, decoding } from "./context.ts";
import { identity, operations } from "./operations.ts";
import { droppedRights, teammateFaults } from "./teammate-rights.ts";
import type { CreateTeammateBody, TeammateWrite, UpdateTeammateBody } from "./types.ts";
import { createdTeammateWire, updatedTeammateWire } from "./wire.ts";

/**
 * The people who sign in through SSO. The SSO API cannot show or delete one: use SendGrid's Teammates
 * API for that.
 */
export interface SendGridTeammates {
  create(body: CreateTeammateBody, options?: CallOptions): Promise<TeammateWrite>;
  /** `username` is the teammate's e-mail address. */
  update(username: string, body: UpdateTeammateBody, options?: CallOptions): Promise<TeammateWrite>;
}

export function teammatesOf(context: Context): SendGridTeammates {
  async function write(
    operation: Operation,
    wire: typeof updatedTeammateWire | typeof createdTeammateWire,
    body: UpdateTeammateBody,
    call: { readonly username?: string; readonly options: CallOptions | undefined },
  ): Promise<TeammateWrite> {
    bodyText(operation, body, identity.name);
    const [fault] = teammateFaults(body);
    if (fault !== undefined) {
      const { problem, field } = fault;
      const issues = [{ message: `${field} ${problem}.`, field }];
      throw clientError("provider.argument", operation, { argument: field, problem }, { issues });
    }
    const parameters = call.username === undefined ? {} : { username: call.username };
    const answer = await context.transport.call(operation, { parameters, body }, call.options);
    const teammate = decodeObject(wire, answer, decoding(context, operation));
    return { teammate, dropped: droppedRights(body, teammate) };
  }

  return {
    create: (body, options) =>
      write(operations.createTeammate, createdTeammateWire, body, { options }),
    update: (username, body, options) =>
      write(operations.updateTeammate, updatedTeammateWire, body, { username, options }),
  };
}
