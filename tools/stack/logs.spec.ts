import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { partsWithLog, readLogs } from './logs.js';

const line = (time: string, fields: object): string => JSON.stringify({ level: 'info', time: `2026-11-20T10:00:${time}Z`, ...fields });
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'logs-'));
  const ingest = [
    line('01.000', { service: 'ingest', msg: 'listening' }),
    line('02.000', { service: 'ingest', eventId: 'evt_one111', chargeId: 'ch_one111', msg: 'received' }),
    line('03.000', { service: 'ingest', eventId: 'evt_two222', chargeId: 'ch_two222', msg: 'received' }),
  ];
  const sink = [
    'a line that is no JSON {',
    line('02.500', {
      service: 'erp-sink',
      postingKey: 'stripe:default:cash-receipt:ch_one111',
      msg: 'posted',
      reference: { HeadNum: '1' },
    }),
    line('03.500', { service: 'erp-sink', postingKey: 'stripe:default:cash-receipt:ch_two222', msg: 'posted' }),
  ];
  writeFileSync(join(folder, 'ingest.log'), `${ingest.join('\n')}\n`);
  writeFileSync(join(folder, 'erp-sink.log'), `${sink.join('\n')}\n`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (query: Partial<Parameters<typeof readLogs>[1]>): string[] =>
  readLogs(folder, { parts: [], pretty: true, payment: undefined, lines: undefined, ...query });

it('follows one payment over the logs of all parts in the order of time, from any of its ids', () => {
  const expected = [
    '10:00:02.000 info  ingest           received eventId=evt_one111 chargeId=ch_one111',
    '10:00:02.500 info  erp-sink         posted postingKey=stripe:default:cash-receipt:ch_one111 reference={"HeadNum":"1"}',
  ];
  expect(read({ payment: 'evt_one111' })).toEqual(expected);
  expect(read({ payment: 'ch_one111' })).toEqual(expected);
});

it('finds lines by ids that recon knows and no log line joins', () => {
  expect(read({ payment: 'pi_unknown1', alsoKnownAs: ['ch_two222'] })).toHaveLength(2);
});

it('shows the newest lines of one part as they are, and a line that is no JSON too', () => {
  expect(read({ parts: ['erp-sink'], pretty: false, lines: 3 })[0]).toBe('a line that is no JSON {');
  expect(read({ parts: ['ingest'], lines: 1 })).toEqual(['10:00:03.000 info  received eventId=evt_two222 chargeId=ch_two222']);
});

it('shows nothing for a payment that no line names', () => {
  expect(read({ payment: 'ch_nobody' })).toEqual([]);
});

it('names the parts that have a log', () => {
  expect(partsWithLog(folder)).toEqual(['erp-sink', 'ingest']);
  expect(partsWithLog(join(folder, 'nowhere'))).toEqual([]);
});
