import type { Reply } from "../server.ts";
import type { SendGridQuirks } from "./types.ts";

export interface Complaint {
  readonly message: string;
  readonly field?: string | undefined;
}

type Shape = (complaints: readonly Complaint[], status: number, errorId: string) => Partial<Reply>;

/** Every shape of an error body that SendGrid, or a proxy before it, was seen to send. */
const SHAPES: Readonly<Record<SendGridQuirks["errors"], Shape>> = {
  array: (complaints, _, error_id) => ({
    json: complaints.map(({ message, field = null }) => ({ message, field, error_id })),
  }),
  errors: (complaints) => ({
    json: { errors: complaints.map(({ message, field = null }) => ({ field, message })) },
  }),
  error: ([first]) => ({ json: { error: first?.message } }),
  html: (_, status) => ({
    text: `<html>\r\n<head><title>${status} Error</title></head>\r\n<body><center><h1>${status}</h1></center><hr><center>nginx</center></body>\r\n</html>\r\n`,
    headers: { "content-type": "text/html" },
  }),
  empty: () => ({}),
};

export function errorReply(
  status: number,
  complaints: readonly Complaint[],
  shape: SendGridQuirks["errors"],
  errorId: string,
): Reply {
  return { status, ...SHAPES[shape](complaints, status, errorId) };
}
