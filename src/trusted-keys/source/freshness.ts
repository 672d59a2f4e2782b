/** Seconds for which the server's answer is fresh (RFC 9111, 4.2); undefined if it gives no hint. */
export function freshSeconds(headers: Headers): number | undefined {
  const cacheControl = headers.get("cache-control") ?? "";
  const [, maxAge] = /(?:^|[\s,])max-age="?(\d{1,9})/i.exec(cacheControl) ?? [];
  const lifetime = maxAge === undefined ? expiresIn(headers) : Number(maxAge);
  const [age] = /^\d{1,9}$/.exec(headers.get("age") ?? "") ?? ["0"];
  const seconds = (lifetime ?? 0) - Number(age);
  // Zero is no hint: many servers send it with everything.
  return seconds > 0 ? seconds : undefined;
}

/** `Expires` counts from the server's own clock (RFC 9111, 5.3). */
function expiresIn(headers: Headers): number | undefined {
  const until = Date.parse(headers.get("expires") ?? "");
  const from = Date.parse(headers.get("date") ?? "");
  return Number.isNaN(until) || Number.isNaN(from) ? undefined : (until - from) / 1000;
}
