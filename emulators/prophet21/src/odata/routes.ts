import type { Answer } from '../answers.js';
import { ODataError } from '../answers.js';
import type { Call, Route } from '../call.js';
import { tableOf } from '../schema.js';
import { odataRead } from './query.js';

/** Views are named after their table (section 5 [verified for those listed there]) and have its columns (assumed). */
const viewPrefix = 'p21_view_';
const asTheServerSpellsIt = 'authorized';

/** An unknown table is 404 (assumed: as an unknown column). */
function read(call: Call): Answer {
  const [kind = '', name = ''] = call.args;
  if (kind === 'view' && !name.startsWith(viewPrefix)) throw new ODataError(`Resource not found for the segment '${name}'.`);
  const table = tableOf(kind === 'view' ? name.slice(viewPrefix.length) : name, call.config.udfs);
  if (!table) throw new ODataError(`Resource not found for the segment '${name}'.`);
  if (call.fault?.kind === 'odata-denied') throw new ODataError(`You are not ${asTheServerSpellsIt} to access API`, 403);
  return { status: 200, json: true, body: odataRead(table, call.transaction.rows(table.name), call.query) };
}

/** Reads of tables and views: docs/reference/prophet21.md section 5. That a refused right is 403 is assumed. */
export const odataRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/odataservice\/odata\/(table|view)\/(\w+)\/?$/,
    service: 'odata',
    operation: ([, name = '']) => name,
    handler: read,
  },
];
