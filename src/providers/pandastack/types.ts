/** Any JSON value. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** The body of a creation or an update: sent as it is. */
export interface PandaStackBody {
  readonly slug?: JsonValue;
  /**
   * @deprecated Documented, but almost certainly an error of the documentation's generator, which
   * reads the code `slug.length` as a field.
   */
  readonly length?: JsonValue;
  readonly [name: string]: JsonValue | undefined;
}
