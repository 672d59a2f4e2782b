/** An appointment of one day. Times are integer unix seconds. */
export interface Appointment {
  /** Stays the same for the same thing, so that a calendar does not show it twice. */
  readonly id: string;
  readonly summary: string;
  readonly description: string;
  readonly at: number;
}

const REMINDERS_DAYS = [60, 30, 7];
/** Octets in a line (RFC 5545 3.1). */
const LINE = 75;

function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, "\\$&").replaceAll(/\r\n|\r|\n/g, "\\n");
}

/** Breaks a line between characters; a continuation begins with a space. */
function folded(line: string): string {
  const encoder = new TextEncoder();
  const lines: string[] = [];
  let [current, size] = ["", 0];
  for (const character of line) {
    const bytes = encoder.encode(character).length;
    if (size + bytes > LINE) {
      lines.push(current);
      [current, size] = [" ", 1];
    }
    current += character;
    size += bytes;
  }
  return [...lines, current].join("\r\n");
}

function stamp(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
}

/** An iCalendar file (RFC 5545) with one appointment and its reminders. */
export function calendarFile({ id, summary, description, at }: Appointment, now: number): string {
  const alarms = REMINDERS_DAYS.filter((days) => at - days * 86_400 > now).flatMap((days) => [
    ...["BEGIN:VALARM", "ACTION:DISPLAY", `TRIGGER:-P${days}D`],
    ...[`DESCRIPTION:${escaped(summary)}`, "END:VALARM"],
  ]);
  const lines = [
    ...["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//samlcert//page//EN", "BEGIN:VEVENT"],
    ...[`UID:${id}@samlcert`, `DTSTAMP:${stamp(now)}`, `DTSTART:${stamp(at)}`],
    ...[`SUMMARY:${escaped(summary)}`, `DESCRIPTION:${escaped(description)}`, "TRANSP:TRANSPARENT"],
    ...[...alarms, "END:VEVENT", "END:VCALENDAR"],
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}
