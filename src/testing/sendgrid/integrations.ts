import { writeIntegrationWire } from "../../providers/sendgrid/wire.ts";
import type { FakeRequest } from "../faults.ts";
import { complaintsAbout, fieldsOf, partial } from "./checks.ts";
import type { FakeIntegration } from "./types.ts";
import { integrationWire, sparseWire } from "./wire.ts";
import { type Handler, Refused, refuseIfAny, uuid, type World } from "./world.ts";

/** SendGrid's endpoint for SAML responses, used for both URLs of an integration. */
const RESPONSE_URL = "https://api.sendgrid.com/v3/public/sso/saml/response/id/";

function find({ parameters }: FakeRequest, { state }: World): FakeIntegration {
  const integration = state.integrations.get(parameters["id"] ?? "");
  if (integration === undefined) throw new Refused(404, { message: "integration not found" });
  return integration;
}

function asksForSi({ query }: FakeRequest): boolean {
  return query["si"] === "true";
}

/** The defaults of a new integration. */
export type NewIntegration = Partial<
  Pick<
    FakeIntegration,
    "id" | "name" | "enabled" | "signin_url" | "signout_url" | "entity_id" | "completed_integration"
  >
>;

/** Stores an integration, as a request or as a test's set-up does. */
export function addIntegration(body: NewIntegration, world: World): FakeIntegration {
  const id = body.id ?? uuid(world.next());
  const integration: FakeIntegration = {
    name: "Example IdP",
    enabled: true,
    signin_url: "https://idp.example.com/sso",
    signout_url: "https://idp.example.com/logout",
    entity_id: "https://idp.example.com/metadata",
    completed_integration: false,
    ...body,
    last_updated: world.now(),
    id,
    single_signon_url: `${RESPONSE_URL}${id}`,
    audience_url: `${RESPONSE_URL}${id}`,
  };
  world.state.integrations.set(id, integration);
  return integration;
}

/** The fields of a body that an integration has; anything else is passed over. */
function known(body: unknown): NewIntegration {
  return Object.fromEntries(
    Object.entries(fieldsOf(body)).filter(([field]) => Object.hasOwn(writeIntegrationWire, field)),
  );
}

export const createIntegration: Handler = ({ body }, world) => {
  refuseIfAny(complaintsAbout(writeIntegrationWire, body));
  const wire = integrationWire(addIntegration(known(body), world), world.quirks, false);
  return { status: 200, json: world.quirks.sparseEcho ? sparseWire(wire) : wire };
};

export const listIntegrations: Handler = (request, { state, quirks }) => ({
  status: 200,
  json: [...state.integrations.values()].map((integration) =>
    integrationWire(integration, quirks, asksForSi(request)),
  ),
});

export const getIntegration: Handler = (request, world) => ({
  status: 200,
  json: integrationWire(find(request, world), world.quirks, asksForSi(request)),
});

export const updateIntegration: Handler = (request, world) => {
  const integration = find(request, world);
  const table = world.quirks.partialUpdates ? partial(writeIntegrationWire) : writeIntegrationWire;
  refuseIfAny(complaintsAbout(table, request.body));
  const updated = { ...integration, ...known(request.body), last_updated: world.now() };
  world.state.integrations.set(integration.id, updated);
  return { status: 200, json: integrationWire(updated, world.quirks, asksForSi(request)) };
};

export const deleteIntegration: Handler = (request, world) => {
  const { id } = find(request, world);
  const { certificates, integrations } = world.state;
  world.beforeWrite();
  integrations.delete(id);
  for (const certificate of certificates.values()) {
    if (certificate.integration_id === id) certificates.delete(certificate.id);
  }
  return { status: 204 };
};
