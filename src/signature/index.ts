export type { GivenCertificate, GivenCertificates } from "../certificates/given.ts";
export { responseCodes } from "../core/codes/response/message.ts";
export { responseSignatureCodes } from "../core/codes/response/signatures.ts";
export { signatureCodes } from "../core/codes/signature.ts";
export { signingCodes } from "../core/codes/signing.ts";
export type { VerifiedEntity } from "../metadata/model/trust.ts";
export type { EntitySelection } from "../metadata/stream/selection.ts";
export type { XmlLimits } from "../xml/limits.ts";
export type { TrustAnchors } from "./anchors.ts";
export type { SignatureInfo, Unsafe, VerifiedMetadata, VerifyOptions } from "./options.ts";
export { explainResponse } from "./response/explain.ts";
export type { ExplainOptions, ResponseLimits, Shown } from "./response/options.ts";
export type {
  AssertionFacts,
  ConfirmationFacts,
  EmbeddedCertificate,
  InputForm,
  MessageFacts,
  MessageReport,
  MessageSource,
  ResponseReport,
  ShownAttribute,
  ShownData,
  SignatureExplanation,
  SignedBy,
  StatusFacts,
} from "./response/types.ts";
export {
  type RemoteSignOptions,
  type SignatureRequest,
  type SignOptions,
  signMetadata,
} from "./sign.ts";
export type { ValidityPolicy } from "./validity.ts";
export { verifyMetadata } from "./verify.ts";
export { type VerifyEntitiesOptions, verifyEntities } from "./verify-entities.ts";
