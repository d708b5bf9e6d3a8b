/** An amount on the wire. */
export interface AmountView {
  /** Integer minor units as text: JSON numbers do not hold 64 bits (I5). */
  readonly minor: string;
  /** Upper-case code as the source sent it; it may be no currency at all. */
  readonly currency: string;
  /** Decimal text in major units; the minor units where `exact` is false. */
  readonly text: string;
  /** False: the currency cannot have this amount (ISK 114850), or the currency is unknown; `text` is the minor units and is shown with a mark. */
  readonly exact: boolean;
}

/** How many rows a list has, and what they sum up to. */
export interface SumView {
  readonly count: number;
  /** One sum per currency, sorted by currency. Rows without a known amount are counted and add nothing. */
  readonly amounts: readonly AmountView[];
}
