import { groupCsv } from './group-csv.js';

const group = {
  ...{
    target: 'kinetic-main',
    batchId: '=1+1',
    kind: 'cash-receipt',
    date: '2026-11-21',
    bankAccount: '1',
    state: 'failed',
    documents: 12,
  },
  ...{ attempts: 1, text: 'closed', openedAt: '2026-11-21T05:00:00.000Z', byPerson: false },
  amounts: [
    { minor: '129400', currency: 'USD', text: '1294.00', exact: true },
    { minor: '114850', currency: 'ISK', text: '114850', exact: false },
  ],
};

it('has the money per currency, is safe from formulas, and says at its end how many there are', () => {
  const [head, line, end] = groupCsv([group], { silent: [] }, 500).split('\r\n');
  expect(head).toContain('money');
  expect(line).toContain(`"kinetic-main","'=1+1","failed"`);
  expect(line).toContain('1294.00 USD; 114850 minor units ISK');
  expect(end).toMatch(/^"?end of the list"?,"?1 rows"?$/);
});

it('says what is missing: a sink that did not answer, rows that were too many, and whatever no sink should answer', () => {
  const silent = [{ targets: ['sl-main'], since: null, problem: 'it is away' }] as never;
  const text = groupCsv([null, 'text', { amounts: 'none' }], { silent }, 3);
  expect(text.split('\r\n')).toHaveLength(6);
  expect(text).toMatch(/not the whole list"?,"3 rows; the sink of sl-main does not answer; a file has at most 3"/);
});
