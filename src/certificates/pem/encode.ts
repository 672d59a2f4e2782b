const COLUMNS = 64;

/** RFC 7468 strict text (section 3, figure 3): 64 columns, LF, final newline. */
export function encodePem(base64: string, label = "CERTIFICATE"): string {
  let text = `-----BEGIN ${label}-----\n`;
  for (let i = 0; i < base64.length; i += COLUMNS) text += `${base64.slice(i, i + COLUMNS)}\n`;
  return `${text}-----END ${label}-----\n`;
}
