import ICAL from "ical.js";
import { describe, expect, test } from "vitest";
import { calendar } from "../../../src/watch/index.ts";
import { fc } from "../../support/property.ts";
import { certificateOf, DAY, everyState, NOW, statusOf } from "../support/statuses.ts";

interface ReadEvent {
  readonly uid: string;
  readonly summary: string;
  readonly description: string;
  readonly day: string;
}

/** The events as ical.js reads them. */
function eventsOf(text: string): readonly ReadEvent[] {
  const root = new ICAL.Component(ICAL.parse(text));
  return root.getAllSubcomponents("vevent").map((component) => {
    const { uid, summary, description, startDate, endDate } = new ICAL.Event(component);
    expect(startDate.isDate).toBe(true);
    expect(endDate.subtractDate(startDate).toSeconds()).toBe(DAY);
    expect(component.getFirstPropertyValue("dtstamp")).toBeTruthy();
    return { uid, summary, description, day: startDate.toString() };
  });
}

describe("calendar", () => {
  test("writes a whole day for each threshold before the last certificate ends", () => {
    const status = statusOf({
      certificates: [certificateOf("a", -300, 10), certificateOf("b", -3, 90)],
    });
    const events = eventsOf(calendar([status], { now: NOW, thresholdDays: [30, 1, 0] }));
    expect(events.map(({ day, summary }) => [day, summary])).toEqual([
      ["2027-01-29", "Acme: SSO certificate ends in 30 days"],
      ["2027-02-27", "Acme: SSO certificate ends in 1 day"],
      ["2027-02-28", "Acme: SSO certificate ends today"],
    ]);
    expect(events[0]?.description).toContain("SHA-256: ");
  });

  test("uses the thresholds of expiryThreshold by default", () => {
    expect(eventsOf(calendar([statusOf()], { now: NOW }))).toHaveLength(8);
  });

  test("keeps the UIDs from file to file, until the certificate is another one", () => {
    const uids = (name: string, now: number) =>
      eventsOf(calendar([statusOf({ certificates: [certificateOf(name, -9, 90)] })], { now })).map(
        ({ uid }) => uid,
      );
    expect(uids("a", NOW)).toEqual(uids("a", NOW + DAY));
    expect(new Set([...uids("a", NOW), ...uids("b", NOW)]).size).toBe(16);
  });

  test("writes the planned switch", () => {
    const events = eventsOf(calendar(everyState(), { now: NOW, thresholdDays: [] }));
    expect(events.map(({ summary }) => summary)).toEqual([
      "Expense reports: planned retirement of the SSO certificate",
      "Support desk: planned switch of the SSO certificate",
    ]);
  });

  test("writes nothing for a certificate without an end", () => {
    const endless = certificateOf("a", -9, 2_900_000, { daysLeft: undefined });
    expect(eventsOf(calendar([statusOf({ certificates: [endless] })], { now: NOW }))).toEqual([]);
  });

  test("folds every line at 75 bytes, between characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 }), (name) => {
        const text = calendar([statusOf({ name, owner: name })], { now: NOW });
        for (const line of text.split("\r\n")) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(line).not.toMatch(/\p{Cs}/u);
        }
        expect(text).not.toMatch(/[^\r]\n/);
        const plain = name.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "\uFFFD");
        expect(eventsOf(text)[0]?.summary).toBe(`${plain}: SSO certificate ends in 90 days`);
      }),
      { numRuns: 60 },
    );
  });
});
