import { ODataError, ok, P21Error } from '../answers.js';
import type { Call, Handler, Route } from '../call.js';
import type { Table } from '../columns.js';
import { FilterParser } from '../odata/filter.js';
import type { Row } from '../store.js';
import { columnNamed, objectFrom } from './properties.js';

/** What a REST family does besides listing its table. */
export interface Family {
  /** Path below /api. */
  readonly name: string;
  readonly table: Table;
  /** Root element of its XML. */
  readonly element: string;
  /** Whether it has `ping`: a family is confirmed by `help`, `ping` does not always exist (section 14 [verified]). */
  readonly ping: boolean;
  /** Whether it has `new`: addresses answer 500 there (section 14 [verified]). */
  readonly template?: boolean;
  shown(row: Readonly<Row>, call: Call): unknown;
  readonly one: Handler;
  readonly post?: Handler;
  readonly put?: Handler;
}

/** 404 for an unknown key: section 6 [verified]; the text: section 14 [verified]. */
export function notFound(key: string): P21Error {
  return new P21Error('notFound', `Your query did not yield any results. No resources found for query string "GetById ${key}".`);
}

/**
 * The whole table whatever `$top` says: section 6 [verified]. `$query` filters, with `substringof` in place of `contains`: section 5
 * [verified].
 */
function list({ table, shown, element }: Family, call: Call) {
  const query = call.query.get('$query');
  const column = (name: string) => {
    const found = columnNamed(table, name);
    const definition = found === undefined ? undefined : table.columns[found];
    if (found === undefined || !definition) throw new ODataError(`Could not find a property named '${name}' on type '${table.name}'.`);
    return { name: found, column: definition };
  };
  const wanted = query ? new FilterParser(query, { functions: ['startswith', 'endswith', 'substringof'], column }).parse() : () => true;
  return ok(
    call.transaction
      .rows(table.name)
      .filter(wanted)
      .map((row) => shown(row, call)),
    element,
  );
}

function blank({ table, element }: Family) {
  return ok({ ...objectFrom(table, {}), UserDefinedFields: {}, ObjectName: table.name }, element);
}

/** The routes of a family: `ping`, `help`, `new`, the list, one by its key, POST and PUT (sections 2 and 14 [verified]). */
export function familyRoutes(family: Family): Route[] {
  const { name, ping, template = true, one, post, put } = family;
  const route = (method: string, tail: string, operation: string, handler: Handler): Route => ({
    method,
    path: new RegExp(`^/api/${name}${tail}$`),
    service: name,
    operation: () => operation,
    handler,
  });
  const missing: Handler = () => {
    throw new P21Error('server', 'The template is not implemented.');
  };
  return [
    ...(ping ? [route('GET', '/ping', 'ping', () => ok({ ResponseMessage: 'success' }, 'PingResponse'))] : []),
    route('GET', '/help', 'help', () => ({ status: 200, body: `Operations at ${name}` })),
    route('GET', '/new', 'new', template ? () => blank(family) : missing),
    route('GET', '/', 'list', (call) => list(family, call)),
    route('GET', '/([^/]+)', 'one', one),
    ...(post ? [route('POST', '/', 'post', post)] : []),
    ...(put ? [route('PUT', '/([^/]+)', 'put', put)] : []),
  ];
}
