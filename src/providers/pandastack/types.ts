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
   * @deprecated Documented, and almost surely a slip of the documentation's generator, which takes
   * the program text `slug.length` for a field.
   */
  readonly length?: JsonValue;
  readonly [name: string]: JsonValue | undefined;
}
