import type { Command } from "../framework/command.ts";

/** `samlcert demo`: a certificate rotation from end to end, against the fake SendGrid. */
export const demoCommand: Command = {
  name: "demo",
  summary: "show a rotation from end to end, against a fake SendGrid",
  description:
    "Starts a fake SendGrid and a fake identity provider on loopback, checks a pasted certificate, refuses a private key, creates an integration, exports its SP metadata, and rotates to the next certificate while people sign in. It opens no connection to the outside.",
  options: [
    {
      name: "output",
      short: "o",
      value: "FILE",
      summary: "the file for the SP metadata",
      default: "samlcert-demo/sp-metadata.xml",
    },
  ],
  examples: [{ command: "samlcert demo", does: "see what samlcert does, in a few seconds" }],
  async run(invocation, io) {
    const { runDemo } = await import("./run.ts");
    return await runDemo(invocation.value("output") ?? "", io);
  },
};
