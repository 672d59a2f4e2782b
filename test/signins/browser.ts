/** A page, and the address that it came from. */
export interface Page {
  readonly url: string;
  readonly status: number;
  readonly html: string;
}

/** Fetches a page as a browser does: with cookies, along redirects. */
export type Browser = (url: string, form?: Readonly<Record<string, string>>) => Promise<Page>;

const MOST_REDIRECTS = 10;

/** A browser of one person, with cookies of its own for each origin. */
export function openBrowser(): Browser {
  const jars = new Map<string, Map<string, string>>();

  async function once(url: string, form: Readonly<Record<string, string>> | undefined) {
    const jar = jars.get(new URL(url).origin) ?? new Map<string, string>();
    jars.set(new URL(url).origin, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const method = form === undefined ? "GET" : "POST";
    const body = form === undefined ? null : new URLSearchParams(form);
    const load = () => fetch(url, { method, body, headers: { cookie }, redirect: "manual" });
    // Apache's processes end after one connection, and may end with the next one waiting: people reload.
    const answer = await load().catch(load);
    for (const one of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]*)=([^;]*)/.exec(one) ?? [];
      jar.set(name, value);
    }
    return answer;
  }

  return async (start, form) => {
    let url = start;
    let answer = await once(url, form);
    for (let count = 0; count < MOST_REDIRECTS; count += 1) {
      const location = answer.headers.get("location");
      if (location === null) break;
      await answer.arrayBuffer();
      url = new URL(location, url).href;
      answer = await once(url, undefined);
    }
    return { url, status: answer.status, html: await answer.text() };
  };
}

const NAMED: Readonly<Record<string, string>> = { quot: '"', amp: "&", lt: "<", gt: ">" };

function unescaped(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (_, hex, decimal, name) => {
    if (name !== undefined) return NAMED[name] ?? "";
    return String.fromCodePoint(Number.parseInt(hex ?? decimal, hex === undefined ? 10 : 16));
  });
}

/** The hidden fields of the form on a page. */
function fieldsOf({ html }: Page): Readonly<Record<string, string>> {
  const inputs = html.matchAll(/<input\b[^>]*?\sname="([^"]*)"[^>]*?\svalue="([^"]*)"/gs);
  return Object.fromEntries(Array.from(inputs, ([, name, value = ""]) => [name, unescaped(value)]));
}

/** Goes through an identity provider's pages, and gives the form that it posts in the end. */
export async function formAfter(browse: Browser, page: Page): Promise<Record<string, string>> {
  const isPassword = page.html.includes('name="password"');
  const asked = { ...fieldsOf(page), username: "student", password: "pw" };
  const last = isPassword ? await browse(page.url.split("?")[0] ?? "", asked) : page;
  const fields = fieldsOf(last);
  if (fields["SAMLResponse"] === undefined) {
    const text = last.html.replaceAll(/<[^>]*>|\s+/g, " ").trim();
    throw new Error(`the identity provider answered ${last.status}: ${text.slice(0, 200)}`);
  }
  return { ...fields };
}
