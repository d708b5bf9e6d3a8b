/** A read of a table over OData. */
export interface ODataQuery {
  readonly filter: string;
  readonly select: readonly string[];
  /** Rows come in this order, so it has to be unique where pages follow. */
  readonly orderBy: string;
  /** At most this many rows; without it all: the service does not page (docs/reference/prophet21.md section 5). */
  readonly top?: number;
}

/** Path of a read, below the root of the middleware. */
export function tablePath(table: string, { filter, select, orderBy, top }: ODataQuery): string {
  const options = [
    ['$filter', filter],
    ['$select', select.join(',')],
    ['$orderby', orderBy],
    ...(top === undefined ? [] : [['$top', String(top)]]),
  ];
  return `/odataservice/odata/table/${table}?${options.map(([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`).join('&')}`;
}

/** A text literal of `$filter`. */
export function odataText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A number literal of `$filter`. A literal of another type than the column is refused (section 5). @throws {RangeError} for other text. */
export function odataNumber(text: string): string {
  if (!/^\d{1,19}$/.test(text)) throw new RangeError(`"${text.slice(0, 40)}" is no number of a record`);
  return text;
}

/** Rows of which the column has one of these values. `in` is ignored by the service and would answer every row (section 5). */
export function oneOf(column: string, literals: readonly string[]): string {
  return `(${literals.map((literal) => `${column} eq ${literal}`).join(' or ')})`;
}

/** All of these conditions. */
export function all(...conditions: readonly string[]): string {
  return conditions.join(' and ');
}
