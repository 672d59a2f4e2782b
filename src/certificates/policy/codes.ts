import { derCodes } from "../../core/codes/certificates/der.ts";
import { encodingCodes } from "../../core/codes/certificates/encoding.ts";
import { inputCodes } from "../../core/codes/certificates/input.ts";
import { certificateKeyCodes } from "../../core/codes/certificates/keys.ts";
import { kindCodes } from "../../core/codes/certificates/kinds.ts";
import { pemCodes } from "../../core/codes/certificates/pem.ts";
import { remarkCodes } from "../../core/codes/certificates/repairs.ts";
import { certificateRuleCodes } from "../../core/codes/certificates/rules.ts";
import type { CodeRow, CodeTable } from "../../core/codes/code.ts";

/** The codes of a table that a policy can change: `fatal` ones end the reading. */
type Changeable<Table extends CodeTable> = {
  [Code in keyof Table]: Table[Code][0] extends "fatal" ? never : Code;
}[keyof Table];

/** A code whose severity a policy can change. */
export type PolicyCode =
  | Changeable<typeof inputCodes>
  | Changeable<typeof kindCodes>
  | Changeable<typeof remarkCodes>
  | Changeable<typeof pemCodes>
  | Changeable<typeof derCodes>
  | Changeable<typeof encodingCodes>
  | Changeable<typeof certificateRuleCodes>
  | Changeable<typeof certificateKeyCodes>;

/** The tables of the codes that findings about certificates have. */
const TABLES: readonly CodeTable[] = [
  inputCodes,
  kindCodes,
  pemCodes,
  remarkCodes,
  derCodes,
  encodingCodes,
  certificateRuleCodes,
  certificateKeyCodes,
];

/** The row of a code of certificates; undefined for any other text. */
export function rowOfCode(code: string): CodeRow | undefined {
  return TABLES.find((table) => Object.hasOwn(table, code))?.[code];
}

/** The rows that a policy can change, for suggestions. */
export function policyRows(): CodeTable {
  const rows = TABLES.flatMap(Object.entries<CodeRow>);
  return Object.fromEntries(rows.filter(([, [severity]]) => severity !== "fatal"));
}
