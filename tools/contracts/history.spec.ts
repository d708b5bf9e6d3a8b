import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AvroField, AvroRecord } from '@tributary/contracts';
import { accept, examineHistory, historyOf, languageIn, messageSchemas, unacceptedText } from './history.js';
import type { Findings } from './history.js';
import { root } from './workspace.js';

let contracts: string;
beforeEach(() => {
  contracts = mkdtempSync(join(tmpdir(), 'contracts-'));
  for (const folder of ['schemas', 'history']) cpSync(join(root, 'libs/contracts', folder), join(contracts, folder), { recursive: true });
});
afterEach(() => rmSync(contracts, { recursive: true }));

const examine = (): Findings => examineHistory(contracts, messageSchemas(languageIn(contracts)));

/** Edits the fields of a schema file, whatever its layout. */
function change(path: string, edit: (fields: readonly AvroField[]) => readonly AvroField[]): void {
  const file = join(contracts, 'schemas', path);
  const record = JSON.parse(readFileSync(file, 'utf8')) as AvroRecord;
  writeFileSync(file, JSON.stringify({ ...record, fields: edit(record.fields) }));
}

it('finds every committed schema compatible with its history and part of it', () => {
  expect(examine()).toEqual({ incompatible: [], unaccepted: [] });
});

it('refuses a renamed field of a record that others contain, for each of them', () => {
  change('ar/Refund.avsc', (fields) => fields.map((field) => (field.name === 'refundId' ? { ...field, name: 'id' } : field)));
  const { incompatible } = examine();
  for (const record of ['RefundCreated', 'RefundUpdated', 'RefundFailed']) {
    expect(incompatible).toContainEqual(expect.stringContaining(`tributary.ar.${record}: version 1 cannot be read any more`));
  }
});

it('asks for an entry in the history when a compatible schema differs, and is content with it', () => {
  const versions = (): number[] => {
    const created = messageSchemas(languageIn(contracts)).find((schema) => schema.name === 'RefundCreated');
    return created ? historyOf(contracts, created).map(({ version }) => version) : [];
  };
  const before = versions();
  const next = before.length + 1;
  change('ar/Refund.avsc', (fields) => [
    ...fields,
    { name: 'arn', type: ['null', 'string'], default: null, doc: 'Reference of the acquirer.' },
  ]);
  const { incompatible, unaccepted } = examine();
  expect(incompatible).toEqual([]);
  expect(unacceptedText(unaccepted)).toEqual(
    ['RefundCreated', 'RefundFailed', 'RefundUpdated'].map(
      (record) =>
        `tributary.ar.${record} differs from its newest version in libs/contracts/history: run \`npm run contracts:generate -- --accept\` and commit it`,
    ),
  );
  expect(accept(contracts, unaccepted).map((path) => path.replaceAll('\\', '/'))).toContain(`history/RefundCreated/${next}.avsc`);
  expect(examine()).toEqual({ incompatible: [], unaccepted: [] });
  expect(versions()).toEqual([...before, next]);
});

it('asks for an entry when a record has no history at all', () => {
  rmSync(join(contracts, 'history', 'PayoutPaid'), { recursive: true });
  expect(unacceptedText(examine().unaccepted)).toEqual([expect.stringContaining('tributary.treasury.PayoutPaid')]);
});
