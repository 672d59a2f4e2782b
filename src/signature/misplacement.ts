import type { SignatureError } from "../core/errors.ts";
import { cut } from "../core/quote.ts";
import { namespaces } from "../core/uris.ts";
import { attributeOf, childrenOf, type XmlElement } from "../xml/element.ts";
import { nextToken } from "../xml/scanner.ts";
import { growElement, type Surveyed } from "../xml/tree.ts";
import { type Scanner, Token } from "../xml/window.ts";
import { signatureError } from "./error.ts";
import { isDsig } from "./structure.ts";

/**
 * The error of a document without a signature as the first child of its root. A signature elsewhere is of
 * a part if it signs an element that it is in, besides the root; any other one is misplaced.
 */
export function misplacement(scanner: Scanner, { locate }: Surveyed): SignatureError {
  let ofPart: SignatureError | undefined;
  for (
    let token: Token = Token.start;
    token !== Token.more && token !== Token.done;
    token = nextToken(scanner)
  ) {
    const around = scanner.open.slice(0, scanner.tag.empty ? undefined : -1);
    const parent = around.at(-1);
    if (token !== Token.start || parent === undefined || !isDsig(scanner.tag, "Signature"))
      continue;
    const at = locate?.(scanner.tokenAt);
    const uri = referenceOf(growElement(scanner));
    const part = around
      .slice(1)
      .find((element) => uri?.startsWith("#") && attributeOf(element, "ID") === uri.slice(1));
    const { localName } = part ?? parent;
    const values = { parent: cut(localName), line: at?.line ?? "?" };
    if (part === undefined) return signatureError("signature.misplaced", values, at);
    ofPart ??= signatureError("signature.of_part", values, at);
  }
  return ofPart ?? signatureError("signature.missing");
}

function referenceOf(signature: XmlElement | undefined): string | undefined {
  const [signedInfo] = signature ? childrenOf(signature, namespaces.ds, "SignedInfo") : [];
  const [reference] = signedInfo ? childrenOf(signedInfo, namespaces.ds, "Reference") : [];
  return reference && attributeOf(reference, "URI");
}
