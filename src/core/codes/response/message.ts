/** Explaining Responses: reading the input and the message. */
export const responseCodes = {
  "response.input": [
    "fatal",
    "The input is neither a string nor bytes.",
    "Pass the Response as a string or as a Uint8Array.",
    "",
  ],
  "response.empty": [
    "fatal",
    "The input is empty.",
    {
      library: "Pass the value of the form field SAMLResponse, XML, a HAR or a SAML-tracer export.",
      form: "Paste the value of the form field SAMLResponse, XML, a HAR or a SAML-tracer export.",
    },
    "",
  ],
  "response.limit.bytes": [
    "fatal",
    "The input is larger than {limit} bytes.",
    {
      library: "Pass only the Response, or raise limits.maxBytes.",
      terminal: "Save the Response alone to a file.",
      form: "Paste only the Response.",
    },
    "",
  ],
  "response.limit.message": [
    "fatal",
    "The message is larger than {limit} bytes once it is decoded.",
    {
      library: "Raise limits.maxMessageBytes if you trust the sender; it may be an attack.",
      terminal: "Check where the message comes from; it may be an attack.",
    },
    "",
  ],
  "response.limit.messages": [
    "warning",
    "The capture contains {count} SAML messages; only the last {limit} are explained.",
    "Capture a single sign-in.",
    "",
  ],
  "response.limit.signatures": [
    "error",
    "The message contains {count} signatures; only the first {limit} are checked.",
    "Do not use the message; it may be an attack.",
    "",
  ],
  "response.not_found": [
    "fatal",
    "The input contains no SAML message.",
    "Copy the whole value of the form field SAMLResponse, or save the sign-in as a HAR file.",
    "SAML bindings 3.4, 3.5",
  ],
  "response.artifact": [
    "fatal",
    "The input contains a SAML artifact (SAMLart), not a Response.",
    "Look at the service provider's log: it fetches the Response itself, so the browser never has it.",
    "SAML bindings 3.6",
  ],
  "response.base64": [
    "fatal",
    "The base64 is incomplete or contains other characters.",
    "Copy the whole value again; some consoles cut long values off.",
    "SAML bindings 3.5.4",
  ],
  "response.compressed": [
    "fatal",
    "The base64 contains neither XML nor intact compressed XML.",
    "Copy the whole value again; some consoles cut long values off.",
    "SAML bindings 3.4.4.1",
  ],
  "response.json": [
    "fatal",
    "The JSON is malformed.",
    "Export the HAR or SAML-tracer file again.",
    "",
  ],
  "response.not_saml": [
    "fatal",
    "The document is <{element}>, not a SAML 2.0 message.",
    "Copy the value of the form field SAMLResponse.",
    "SAML Core 3.2.2",
  ],
  "response.saml1": [
    "fatal",
    "This is a SAML 1.1 message, which uses other elements and rules.",
    "Configure SAML 2.0 at the identity provider.",
    "",
  ],
  "response.metadata": [
    "fatal",
    "This is SAML metadata, not a Response.",
    {
      library: "Read it with parseMetadata.",
      terminal: "Read it with samlcert metadata inspect.",
      form: "Read it as metadata.",
    },
    "",
  ],
  "response.other_message": [
    "notice",
    "This is {type}, not a Response: nobody signs in with it.",
    "Look for the message that the identity provider sends in the field SAMLResponse.",
    "SAML Core 3.2",
  ],
  "response.version": [
    "error",
    "The {element} has the version {version} instead of 2.0.",
    "Configure SAML 2.0 at the identity provider.",
    "SAML Core 3.2.2",
  ],
  "response.status": [
    "error",
    "The identity provider reports that the sign-in failed: {status}.",
    "Look at the identity provider's log; nothing is wrong with the certificates.",
    "SAML Core 3.2.2.2",
  ],
  "response.no_assertion": [
    "error",
    "The Response contains no assertion.",
    "Look at the identity provider's log; a successful sign-in has an assertion.",
    "SAML profiles 4.1.4.2",
  ],
  "response.several_assertions": [
    "warning",
    "The Response contains {count} assertions; many service providers refuse more than one.",
    "Configure the identity provider to send one assertion.",
    "SAML profiles 4.1.4.2",
  ],
  "response.encrypted": [
    "notice",
    "An assertion is encrypted, so what it says and its own signature cannot be seen.",
    "Look at the decrypted assertion in the service provider's log to see its signature.",
    "SAML Core 2.3.4",
  ],
  "response.issuer_missing": [
    "error",
    "The {element} has no issuer.",
    "Check the configuration of the identity provider.",
    "SAML profiles 4.1.4.2",
  ],
  "response.issuer_differs": [
    "error",
    "The assertion's issuer {assertion} differs from the Response's issuer {response}.",
    "Check the configuration of the identity provider.",
    "SAML profiles 4.1.4.2",
  ],
  "response.issuer_unknown": [
    "error",
    "The issuer {issuer} is not an entity of the metadata.",
    "Get the metadata of this issuer, or correct the issuer at the identity provider.",
    "SAML profiles 4.1.4.2",
  ],
  "response.time": [
    "error",
    "{name} is {value}, which is not a time.",
    "Check the configuration of the identity provider.",
    "SAML Core 1.3.3",
  ],
  "response.expired": [
    "error",
    "{name} passed {ago} ago, at {time}.",
    {
      library:
        "Pass the time of the sign-in as now to judge it as of then; otherwise compare the clocks.",
      terminal:
        "Judge it as of the sign-in with --now TIME; if it was expired then, compare the clocks.",
      form: "If the sign-in was recent, compare the clocks of both sides.",
    },
    "SAML Core 2.5.1",
  ],
  "response.not_yet_valid": [
    "error",
    "{name} is {ago} in the future, at {time}.",
    "Compare the clocks of both sides.",
    "SAML Core 2.5.1",
  ],
  "response.audience": [
    "error",
    "The assertion is for {audiences}, not for {expected}.",
    "Make the audience at the identity provider equal to the service provider's entity ID.",
    "SAML Core 2.5.1.4",
  ],
  "response.audience_missing": [
    "error",
    "The assertion names no audience.",
    "Set the audience at the identity provider to the service provider's entity ID.",
    "SAML profiles 4.1.4.2",
  ],
  "response.recipient": [
    "error",
    "The {name} is {found}, not {expected}.",
    "Make the ACS URL at the identity provider equal to the one of the service provider.",
    "SAML profiles 4.1.4.2",
  ],
  "response.confirmation_missing": [
    "error",
    "The assertion has no bearer confirmation with a Recipient and a NotOnOrAfter.",
    "Check the configuration of the identity provider.",
    "SAML profiles 4.1.4.2",
  ],
} as const;
