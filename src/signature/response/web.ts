import type { ExplainOptions } from "./options.ts";
import { explanationOf } from "./pipeline.ts";
import type { ResponseReport } from "./types.ts";
import { proveWithWeb } from "./web-proof.ts";

/** As `explainResponse`, with Web Cryptography, for the page. */
export async function explainResponseInBrowser(
  input: string | Uint8Array,
  options: ExplainOptions,
): Promise<ResponseReport> {
  const { questions, report } = explanationOf(input, options, Math.floor(Date.now() / 1000));
  const proofs = await Promise.all(
    questions.map(({ question, certificates }) =>
      question === undefined ? undefined : proveWithWeb(question, certificates),
    ),
  );
  return report(proofs);
}
