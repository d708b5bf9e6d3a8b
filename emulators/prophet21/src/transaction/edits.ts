import { z } from 'zod';
import { P21Error } from '../answers.js';
import { storedValue } from '../schema.js';
import type { ElementDefinition, Given, ServiceDefinition } from './definition.js';

const edit = z.object({ Name: z.string(), Value: z.unknown(), IgnoreIfEmpty: z.boolean().optional() });
const dataElement = z.object({
  Name: z.string(),
  Keys: z.array(z.string()).default([]),
  Rows: z.array(z.object({ Edits: z.array(edit).default([]) })).default([]),
});

/** Body of `transaction`: docs/reference/prophet21.md section 4 [verified structure]. */
export const transactionSet = z.object({
  Name: z.string(),
  IgnoreDisabled: z.boolean().default(false),
  Transactions: z.array(z.object({ Status: z.string().default('New'), DataElements: z.array(dataElement).default([]) })).default([]),
});

/** One transaction of a body. */
export type TransactionInput = z.infer<typeof transactionSet>['Transactions'][number];

/** What is done wrongly with the lists of a transaction. */
export type ListFault = 'line-dropped' | 'line-doubled' | undefined;

/**
 * The rows of a transaction as they are saved. Edits are applied in their order and the last one wins; names are case-sensitive; a disabled
 * field is refused, or with IgnoreDisabled left out without a word; rows of a list with equal keys collapse into one; without keys each
 * is one more (section 4 [verified]). Texts for what is unknown are assumed.
 * @throws {P21Error} with the reason.
 */
export function rowsGiven(service: ServiceDefinition, input: TransactionInput, ignoreDisabled: boolean, fault: ListFault): Given {
  const rows = new Map<string, Record<string, string>[]>();
  const keys = new Map<string, readonly string[]>();
  for (const element of input.DataElements) {
    const definition = service.elements.find(({ name }) => name === element.Name);
    if (!definition) throw new P21Error('business', `Data element not found: ${element.Name}`);
    const given = element.Rows.map((row) => rowOf(definition, row.Edits, ignoreDisabled));
    keys.set(definition.name, element.Keys.length > 0 ? element.Keys : definition.keys);
    const all = [...(rows.get(definition.name) ?? []), ...given];
    rows.set(
      definition.name,
      definition.type === 'Form' ? [Object.assign({}, ...all)] : listed(all, keys.get(definition.name) ?? [], fault),
    );
  }
  return {
    form: (element) => rows.get(element)?.[0] ?? {},
    list: (element) => rows.get(element) ?? [],
    keysOf: (element) => keys.get(element) ?? [],
  };
}

function listed(rows: readonly Record<string, string>[], keys: readonly string[], fault: ListFault): Record<string, string>[] {
  const collapsed = new Map<string, Record<string, string>>();
  rows.forEach((row, index) => {
    const key = keys.length === 0 ? `row ${index}` : keys.map((name) => row[name] ?? '').join('~');
    collapsed.set(key, { ...collapsed.get(key), ...row });
  });
  const made = [...collapsed.values()];
  if (fault === 'line-dropped') return made.slice(0, -1);
  return fault === 'line-doubled' && keys.length === 0 ? [...made, ...made] : made;
}

type Edit = z.infer<typeof edit>;

function rowOf({ fields, disabled = [] }: ElementDefinition, edits: readonly Edit[], ignoreDisabled: boolean): Record<string, string> {
  const row: Record<string, string> = {};
  for (const { Name, Value, IgnoreIfEmpty } of edits) {
    const value = Value === null || Value === undefined ? '' : String(Value);
    if (IgnoreIfEmpty === true && value === '') continue;
    const column = fields[Name];
    if (!column) throw new P21Error('business', `Column not found: ${Name}`);
    if (disabled.includes(Name)) {
      if (ignoreDisabled) continue;
      throw new P21Error('business', `Column is disabled: ${Name}`);
    }
    const stored = storedValue(Name, column, value);
    if ('reason' in stored) throw new P21Error('business', stored.reason);
    row[Name] = value;
  }
  return row;
}
