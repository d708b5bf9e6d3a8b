import fc from 'fast-check';
import { createElement } from 'react';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { readRow } from '../../recon/read-value.js';
import { sent } from '../../api/sent.js';
import { RecordTable } from '../records/table.js';
import { messageLists } from './lists.js';
import { Chain, Summary } from './message-page.js';
import { readMessageRecord } from '../../record/read-record.js';
import { RecordView } from '../../record/record-view.js';
import { readFixture, readGroups, readMessage } from './read-message.js';
import { GroupList } from './topics-page.js';

const html = (node: ReactNode): string => renderToStaticMarkup(node);
/** Characters that must never be displayed; line feeds of a body are its own. */
const unseen = /[\p{Cs}]|(?!\n)\p{Cc}|[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/u;
const odd = fc.oneof(
  fc.constantFrom(null, '', '\u0000', '\u202E', '\ud800', '<script>', true, -1, 1e300),
  fc.string({ unit: 'binary' }),
  fc.jsonValue(),
);
const recordOf = (...names: string[]): fc.Arbitrary<object> =>
  fc.record(Object.fromEntries(names.map((name) => [name, odd])), { requiredKeys: [] });
const many = (item: fc.Arbitrary<object>): fc.Arbitrary<unknown> => fc.oneof(odd, fc.array(item, { maxLength: 3 }));

const link = recordOf('id', 'kind', 'type', 'at', 'postingKey', 'result');
const chain = fc.record({ raw: fc.oneof(odd, link), canonical: many(link), requests: many(link), outcomes: many(link) });
const message = fc
  .tuple(link, recordOf('topic', 'target', 'chargeId', 'deliveries'), chain)
  .map(([one, more, links]) => ({ ...one, ...more, chain: links }));
const record = fc
  .tuple(
    recordOf('source', 'topic', 'partition', 'offset', 'key', 'writtenAt', 'bytes', 'cut', 'masked', 'body'),
    fc.record({
      problem: fc.oneof(odd, recordOf('code', 'text')),
      schema: fc.oneof(odd, recordOf('id', 'record', 'subject', 'version', 'compatibility', 'current')),
      headers: many(recordOf('name', 'value')),
      fields: many(recordOf('path', 'type', 'meaning', 'doc', 'value', 'masked')),
    }),
  )
  .map(([one, more]) => ({ ...one, ...more }));
const groups = fc.record({
  asOf: odd,
  groups: many(
    fc
      .tuple(recordOf('group', 'does', 'lag', 'members', 'meaning', 'problem'), many(recordOf('topic', 'newest', 'lag')))
      .map(([one, topics]) => ({ ...one, topics })),
  ),
});

it('draws any message, record and group, and nothing that cannot be seen', () => {
  fc.assert(
    fc.property(message, record, groups, (oneMessage, oneRecord, someGroups) => {
      const read = readMessage(sent(oneMessage));
      const drawn = html([
        createElement(Summary, { key: 1, message: read }),
        createElement(Chain, { key: 2, message: read }),
        createElement(RecordView, { key: 3, record: readMessageRecord(sent(oneRecord)) }),
        createElement(GroupList, { key: 4, groups: readGroups(sent(someGroups)) }),
      ]);
      expect(drawn).not.toMatch(unseen);
      expect(drawn).not.toContain('<script>');
    }),
    { numRuns: 200 },
  );
});

it.each(['\ud800', '\0', '../x?y#z', 'x'.repeat(10_000)])('draws %j in every column of every list', (text) => {
  for (const list of Object.values(messageLists)) {
    const value = Object.fromEntries(list.columns.map(({ field }) => [field, text]));
    expect(html(createElement(RecordTable, { list, rows: [readRow(sent(value))] }))).not.toMatch(unseen);
  }
});

it('says what is masked, what a number means, and that a record is gone', () => {
  const fields = [
    { path: 'payer.name', type: 'string', meaning: null, doc: 'Name of the payer.', value: null, masked: true },
    { path: 'amount.minor', type: 'long', meaning: 'minor units: 10.50 USD', doc: null, value: '1050', masked: false },
  ];
  const drawn = (value: object): string => html(createElement(RecordView, { record: readMessageRecord(sent(value)) }));
  expect(drawn({ source: 'topic', fields, masked: true })).toMatch(
    /Texts about people are masked[^]*payer\.name[^]*masked[^]*Name of the payer[^]*1050[^]*10\.50 USD/,
  );
  expect(drawn({ source: 'none', problem: { code: 'message.gone', text: 'no longer kept' }, masked: true })).not.toContain('are masked');
  expect(drawn({ source: 'none', problem: { code: 'message.gone', text: 'no longer kept' } })).toContain('no longer kept');
  expect(readFixture(sent(null))).toEqual({ fileName: 'event.json', body: '', replaced: 0 });
});
