import { sent } from '../../api/sent.js';
import { readList, readRow, readText } from '../../recon/read-value.js';
import type { Case } from './read-case.js';

/**
 * Where the field that failed stands in a posting request: a target names it as it knows it, with its table (`InvcDtl.DocUnitPrice`) or
 * without, and it is a field of the header or of a line of that table. The field as it was named, where the message has none of that name.
 */
export function guiltyPlace(guilty: Case['guilty'], message: unknown): Case['guilty'] {
  if (guilty?.path !== `fields.${guilty?.named}`) return guilty;
  const { fields, lines } = readRow(sent(message));
  const [name = '', table] = guilty.named.split('.').reverse();
  const has = (record: unknown): boolean => Object.hasOwn(readRow(sent(record)), name);
  const rows = readList(sent(lines), readRow).map((row, index) => ({ row, index }));
  const ofTable = rows.find(({ row }) => table !== undefined && readText(sent(row.table)) === table && has(row.fields));
  const line = ofTable ?? (has(fields) || table !== undefined ? undefined : rows.find(({ row }) => has(row.fields)));
  if (line) return { ...guilty, path: `lines[${line.index}].fields.${name}` };
  return has(fields) ? { ...guilty, path: `fields.${name}` } : guilty;
}
