import { isoTime } from "../../core/time.ts";
import { type CleanStatus, lastCertificate } from "./clean.ts";

/** The status in sentences, such as for an annotation: the state, the days, the next step, the errors. */
export function sentences(status: CleanStatus): readonly string[] {
  const { meaning, daysLeft, next, errors } = status;
  const end = lastCertificate(status)?.notAfter;
  return [
    `${meaning}.`,
    ...(end === undefined
      ? []
      : [`The last certificate ends ${isoTime(end)}${daysText(daysLeft)}.`]),
    ...(next ? [`Next step, for ${next.who}: ${next.step}`] : []),
    ...errors.map(({ code, message }) => `${message} (${code})`),
  ];
}

function daysText(days: number | undefined): string {
  return days === undefined ? "" : ` (${days} days left)`;
}

/** True if the source is a path, so that a tool can show the finding beside the file. */
export function isFile({ kind, source }: CleanStatus): boolean {
  return ["certificates", "metadata"].includes(kind) && !/^[a-z][a-z0-9+.-]+:/i.test(source);
}
