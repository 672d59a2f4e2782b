import { verifyMetadata } from "../../src/signature/index.ts";

const [xml = "", certificate = ""] = process.argv
  .slice(2)
  .map((text) => Buffer.from(text, "base64").toString());
try {
  verifyMetadata(xml, { trust: { certificates: certificate }, secondOpinion: true });
} catch (error) {
  const { code, hint } = error as { code: string; hint: string };
  console.log(code, hint);
}
