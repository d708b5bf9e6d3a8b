import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandAtService } from '../commands/testing/command-at-service.js';
import { exportList } from './command.js';

const rows = '"charge"\r\n"ch_1"\r\n';
const asked: (string | undefined)[] = [];
const server = createServer((request, response) => {
  asked.push(request.url);
  const end = request.url?.includes('broken')
    ? ''
    : request.url?.includes('many')
      ? '"not the whole list","1 rows"\r\n'
      : '"end of the list","1 rows"\r\n';
  response.setHeader('content-type', 'text/csv').end(rows + end);
});
const run = commandAtService('export', exportList, server);

it('prints a whole list, with the filters of its address', async () => {
  const found = await run(['documents', '--where', 'state=open', '--where', 'q=a=b']);
  expect(found).toEqual({ code: 0, text: '"charge"\n"ch_1"\n"end of the list","1 rows"' });
  expect(asked.at(-1)).toBe('/reconciliation/documents.csv?state=open&q=a%3Db');
});

it('writes the file as it came', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'export-')), 'payments.csv');
  expect(await run(['payments', '--out', file])).toEqual({ code: 0, text: '' });
  expect(readFileSync(file, 'utf8')).toBe(`${rows}"end of the list","1 rows"\r\n`);
});

it('says when it is not the whole list, and takes no list that broke off', async () => {
  expect((await run(['payments', '--where', 'many=1'])).code).toBe(4);
  const broken = await run(['payments', '--where', 'broken=1']);
  expect(broken).toMatchObject({ code: 1, text: expect.stringContaining('file.broken-off') as string });
});

it('knows its lists, and what a filter looks like', async () => {
  expect(await run(['payment'])).toMatchObject({ code: 2, text: expect.stringContaining('Lists: payments, customers,') as string });
  expect((await run(['payments', '--where', 'open'])).code).toBe(2);
  expect((await run(['payments'], 'http://127.0.0.1:1')).code).toBe(3);
});
