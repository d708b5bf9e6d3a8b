import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../contracts/workspace.js';
import { serviceSources } from './stored-tables.js';

/** Columns by name of their table with its schema. */
export type Columns = ReadonlyMap<string, ReadonlySet<string>>;

const creates = /create\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?([a-z_]+\.[a-z_]+)\s*\(/gi;
const alters = /alter\s+table\s+([a-z_]+\.[a-z_]+)\s([^;`]*)/gi;
const adds = /add\s+column\s+(?:if\s+not\s+exists\s+)?"?([a-z_]+)"?\s+([a-z]+)/gi;
const payloadTables = /table: (?:'([a-z_.]+)'|`\$\{schema\}\.([a-z_]+)`),[^;]*?columns: \{([^}]*)\}/g;
/** Types that hold texts or bytes; numbers, times and truth values hold nothing of a person. */
const holdsTexts = /^(?:text|jsonb?|bytea|char|varchar|inet)/i;
const noColumn = /^(?:primary|unique|constraint|check|foreign|exclude)\b/i;

/** Columns of texts and bytes that SQL in a source creates. */
export function columnsIn(source: string): Columns {
  const found = new Map<string, Set<string>>();
  const add = (table: string, column: string, type: string): void => {
    if (holdsTexts.test(type)) found.set(table, (found.get(table) ?? new Set()).add(column));
  };
  for (const { 0: begin, 1: table = '', index } of source.matchAll(creates))
    for (const definition of definitionsFrom(source.slice(index + begin.length))) {
      const [, column = '', type = ''] = /^"?([a-z_]+)"?\s+(\S+)/i.exec(definition) ?? [];
      if (!noColumn.test(definition)) add(table, column, type);
    }
  for (const [, table = '', changes = ''] of source.matchAll(alters))
    for (const [, column = '', type = ''] of changes.matchAll(adds)) add(table, column, type);
  return found;
}

/** Definitions of columns up to the bracket that closes them. */
function definitionsFrom(text: string): string[] {
  let [depth, start] = [0, 0];
  const definitions: string[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const ends = depth === 0 && (text[at] === ',' || text[at] === ')');
    if (ends) definitions.push(text.slice(start, at).trim());
    if (ends && text[at] === ')') break;
    if (ends) start = at + 1;
    depth += { '(': 1, ')': -1 }[text[at] as '(' | ')'] ?? 0;
  }
  return definitions;
}

/** Columns that a `PayloadTable` in a source encrypts. @param schema of tables that several services have. */
export function encryptedIn(source: string, schema = ''): Columns {
  return merged(
    [...source.matchAll(payloadTables)].map(
      ([, table = '', shared = '', columns = '']) =>
        new Map([[table || `${schema}.${shared}`, new Set([...columns.matchAll(/(\w+):/g)].map(([, name = '']) => name))]]),
    ),
  );
}

/** Every column of texts and bytes that a service stores, and those that are encrypted. */
export function storedColumns(): { readonly all: Columns; readonly encrypted: Columns } {
  const sources = serviceSources();
  const read = (file: string): string => readFileSync(join(root, file), 'utf8');
  const outbox = /auditOutboxColumns = `([^`]*)`/.exec(read('libs/persistence/src/audit/audit-outbox.ts'))?.[1] ?? '';
  const [lot, lotPayloads] = ['parking-lot-tables', 'parked-payloads'].map((name) => read(`libs/messaging/src/ladder/${name}.ts`));
  const lots = sources.flatMap((source) => [...source.matchAll(/parkingLotTables\('([a-z_]+)'\)/g)].map(([, schema = '']) => schema));
  return {
    all: merged([
      ...sources.map((source) => columnsIn(source.replaceAll('${auditOutboxColumns}', outbox))),
      ...lots.map((schema) => columnsIn((lot ?? '').replaceAll('${schema}', schema))),
    ]),
    encrypted: merged([...sources.map((source) => encryptedIn(source)), ...lots.map((schema) => encryptedIn(lotPayloads ?? '', schema))]),
  };
}

function merged(parts: readonly Columns[]): Columns {
  const all = new Map<string, Set<string>>();
  for (const part of parts) for (const [table, columns] of part) all.set(table, new Set([...(all.get(table) ?? []), ...columns]));
  return all;
}
