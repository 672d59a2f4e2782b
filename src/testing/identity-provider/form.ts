import { escapeAttribute } from "../../xml/writer.ts";

/** The form that a browser posts to the service provider by itself (SAML Bindings, 3.5.4). */
export function postForm(acsUrl: string, response: string, relayState: string | undefined): string {
  const fields = { SAMLResponse: response, RelayState: relayState };
  const inputs = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value = ""]) => {
      return `<input type="hidden" name="${name}" value="${escapeAttribute(value)}">`;
    });
  return (
    '<!doctype html><title>Signed in</title><body onload="document.forms[0].submit()">' +
    `<form method="post" action="${escapeAttribute(acsUrl)}">${inputs.join("")}` +
    "<button>Continue</button></form></body>"
  );
}
