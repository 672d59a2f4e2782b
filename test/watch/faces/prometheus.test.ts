import { describe, expect, test } from "vitest";
import { connectionStates, prometheus } from "../../../src/watch/index.ts";
import { certificateOf, everyState, manyStatuses, NOW, statusOf } from "../support/statuses.ts";

/** The samples of a metric, by labels. */
function samplesOf(text: string, name: string): Record<string, number> {
  const lines = text.split("\n").filter((line) => line.match(/^\w+/)?.[0] === name);
  return Object.fromEntries(
    lines.map((line) => {
      const cut = line.lastIndexOf(" ");
      return [line.slice(name.length, cut), Number(line.slice(cut + 1))];
    }),
  );
}

describe("prometheus", () => {
  test("gives a connection the same series in every state", () => {
    const seriesIn = (state: "expiring" | "down") =>
      prometheus([statusOf({ state })])
        .split("\n")
        .map((line) => line.slice(0, line.lastIndexOf(" ")));
    expect(seriesIn("down")).toEqual(seriesIn("expiring"));
  });

  test("writes one series per state, of which one is 1", () => {
    const states = samplesOf(
      prometheus([statusOf({ state: "down" })]),
      "samlcert_connection_state",
    );
    expect(Object.keys(states)).toHaveLength(Object.keys(connectionStates).length);
    expect(states['{connection="store:Acme",state="down"}']).toBe(1);
    expect(Object.values(states).reduce((sum, one) => sum + one, 0)).toBe(1);
  });

  test("writes names, owner and labels in the info only", () => {
    const text = prometheus([
      statusOf({ owner: "identity", labels: { "cost-centre": "12", tier: "1" } }),
    ]);
    const [info = ""] = Object.keys(samplesOf(text, "samlcert_connection_info"));
    expect(info).toContain('name="Acme",kind="store"');
    expect(info).toContain('owner="identity",label_cost_centre="12",label_tier="1"');
    expect(text.match(/owner=/g)).toHaveLength(1);
  });

  test("takes the time at which the last certificate ends, a stored successor included", () => {
    const text = prometheus([
      statusOf({ certificates: [certificateOf("a", -300, 20), certificateOf("b", 10, 400)] }),
    ]);
    expect(samplesOf(text, "samlcert_connection_valid_until_timestamp_seconds")).toEqual({
      '{connection="store:Acme"}': NOW + 400 * 86_400,
    });
  });

  test("leaves out values that are unknown", () => {
    const text = prometheus([
      statusOf({ certificates: [], lastSuccessAt: undefined, daysLeft: undefined }),
    ]);
    expect(text).not.toMatch(/undefined|NaN/);
    expect(text).not.toContain("samlcert_connection_last_success");
    expect(text).not.toContain("samlcert_watch_last_run");
  });

  test("writes the labels of x509-certificate-exporter", () => {
    const [certificate] = [
      certificateOf("a", -1, 100, {
        subject: "O=A\\, Inc, CN=sso.example.com",
        serialNumber: "ff01",
      }),
    ];
    const text = prometheus([
      statusOf({ kind: "certificates", source: "/etc/saml/idp.pem", certificates: [certificate] }),
    ]);
    const [labels = ""] = Object.keys(samplesOf(text, "x509_cert_not_after"));
    expect(labels).toContain('subject_CN="sso.example.com"');
    expect(labels).toContain('serial_number="65281"');
    expect(labels).toContain('filename="idp.pem",filepath="/etc/saml/idp.pem"');
  });

  test("writes each series once, though a certificate is stored twice and an id comes twice", () => {
    const certificates = [certificateOf("a", -1, 100), certificateOf("a", -1, 100)];
    const text = prometheus([statusOf({ certificates }), statusOf({ certificates })], { now: NOW });
    const series = text.split("\n").map((line) => line.slice(0, line.lastIndexOf(" ")));
    const named = series.filter((line) => line !== "" && !line.startsWith("#"));
    expect(new Set(named).size).toBe(named.length);
  });

  test("counts no connections as 0", () => {
    expect(samplesOf(prometheus([], { now: NOW }), "samlcert_watch_connections")).toEqual({
      "": 0,
    });
  });

  test("ends every family before the next begins", () => {
    const families = [
      ...prometheus([...everyState(), ...manyStatuses(50)]).matchAll(/# TYPE (\w+)/g),
    ];
    expect(new Set(families.map(([, name]) => name)).size).toBe(families.length);
  });
});
