import fc from 'fast-check';
import { unseenCharacter } from '@tributary/domain';
import { auditCsv, auditTable } from '../audit/list-command.js';
import type { Cause, DeadLetter, DeadLetterDetail, Difference, DryRun, Order } from './api.js';
import { causesText, detailText, lettersText, sequencesText } from './render-letters.js';
import { approvalText, differencesText, dryRunText, leftOutLines, orderText, previewText } from './render-orders.js';
import { showingControls } from './terminal.js';
import type { Terminal } from './terminal.js';

/** Every text of an answer, as a sender could have written it. */
type Say = (place: string) => string;
const amount = (say: Say): Order['results'] & object =>
  ({ minor: '1', currency: say('currency'), text: say('amount'), exact: true }) as never;
const letter = (say: Say): DeadLetter =>
  ({
    ...{ id: say('id'), state: 'closed', result: say('result'), cause: say('cause'), text: say('text'), held: true, group: say('group') },
    ...{ topic: say('topic'), partition: 0, offset: '1', sequence: say('sequence'), eventType: say('type'), messageId: say('message') },
    ...{ eventId: say('event'), attempts: 1, firstFailureAt: say('first'), deadAt: say('dead'), closedAt: null, parkedBehind: 0 },
    money: amount(say),
  }) as never;
const audit = (say: Say): DeadLetterDetail['audit'][number] => ({
  ...{ at: say('at'), order: say('order'), done: say('done'), by: say('by'), reason: say('reason'), before: null, after: null },
});
const posting = (say: Say): DryRun['postings'][number] =>
  ({
    ...{ postingKey: say('key'), protocol: say('protocol'), problem: { code: say('code'), text: say('problem') }, open: [say('open')] },
    lines: [{ table: say('table'), key: say('line'), fields: { [say('field')]: say('value') } }],
    effect: [{ role: say('role'), account: say('account'), debit: amount(say), credit: null }],
    totals: [{ debit: amount(say), credit: amount(say) }],
    calls: [{ method: say('method'), path: say('path'), text: say('call'), body: JSON.stringify({ name: say('body') }) }],
  }) as never;
const run = (say: Say, change: object): DryRun =>
  ({
    facts: [say('fact')],
    mappingVersion: say('version'),
    ignoredReason: null,
    problem: null,
    postings: [posting(say)],
    ...change,
  }) as never;

/** Each way that the command prints an answer. */
const ways: Readonly<Record<string, (say: Say) => string>> = {
  causes: (say) =>
    causesText([
      {
        ...letter(say),
        count: 1,
        ordered: 0,
        moneyAtRisk: [amount(say)],
        moneyBehind: [],
        oldestAt: say('old'),
        newestAt: '',
        example: say('example'),
      },
    ] as unknown as Cause[]),
  list: (say) => lettersText([letter(say)], null),
  sequences: (say) =>
    sequencesText(
      [
        {
          ...letter(say),
          letters: 1,
          replays: 1,
          money: [amount(say)],
          assignee: { subject: say('subject'), name: say('name') },
          oldestAt: say('old'),
        },
      ] as never,
      null,
    ),
  'left out': (say) => leftOutLines({ leftOut: [{ letter: say('letter'), text: say('why') }] } as never).join('\n'),
  show: (say) =>
    detailText({
      ...{ ...letter(say), deadLetterTopic: say('dlt'), key: say('key'), headers: { [say('name')]: say('header') }, traceId: say('trace') },
      ...{
        schema: { id: 1, name: say('schema') },
        value: { [say('field')]: say('value') },
        problem: null,
        bytes: { length: 0, base64: '' },
      },
      audit: [audit(say)],
    } as DeadLetterDetail),
  unreadable: (say) => detailText({ ...letter(say), audit: [], schema: null, problem: say('problem') } as unknown as DeadLetterDetail),
  differences: (say) =>
    differencesText([{ path: say('path'), before: say('before'), after: { [say('in')]: say('after') } }] as Difference[]),
  'dry-run': (say) => dryRunText(run(say, {})),
  refused: (say) => dryRunText(run(say, { problem: { code: say('code'), text: say('refused') } })),
  ignored: (say) => dryRunText(run(say, { ignoredReason: say('ignored') })),
  order: (say) =>
    orderText({
      ...{ id: say('id'), action: say('action'), state: say('state'), results: { [say('result')]: 1 }, done: 1, failed: 0 },
    } as never),
  paused: (say) =>
    orderText({ ...{ id: '', action: '', state: 'paused', results: {} }, pausedBy: say('who'), pauseReason: say('why') } as never),
  preview: (say) =>
    previewText({
      letters: 1,
      sequences: 1,
      money: [amount(say)],
      withoutMoney: 0,
      targets: [say('target')],
      waitsFor: [say('why')],
    } as never),
  approval: (say) =>
    approvalText({
      ...{ id: say('id'), action: say('action'), targets: [say('target')], by: say('by'), reason: say('reason') },
      waitsFor: [say('why')],
    } as never),
  audit: (say) => auditTable({ rows: [auditRow(say)], next: null, previous: null }),
  'audit csv': (say) => auditCsv([auditRow(say)]),
};
function auditRow(say: Say): Parameters<typeof auditCsv>[0][number] {
  return {
    ...{ sequence: '1', at: say('at'), subject: say('subject'), name: say('name'), action: say('action'), object: say('object') },
    ...{ target: say('target'), reason: say('reason'), details: { [say('detail')]: say('details') }, address: say('address'), hash: '' },
  };
}

class Paper implements Terminal {
  readonly isTty = true;
  text = '';
  out(text: string): void {
    this.text += `${text}\n`;
  }
  progress(text: string): void {
    this.text += text;
  }
  error(text: string): void {
    this.text += text;
  }
  confirm(question: string): Promise<boolean> {
    this.text += question;
    return Promise.resolve(false);
  }
}

const nasty = fc
  .array(
    fc.constantFrom(
      '\n',
      '\r',
      '\t',
      '\u001b[2K',
      '\u001b]0;x\u0007',
      '\u009b1A',
      '\u202e',
      '\u2066',
      '\u200b',
      '\ufeff',
      '\u2028',
      '\b',
      'a',
      '"',
      '\\',
    ),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((parts) => parts.join(''));

it.each(Object.keys(ways))('prints nothing of others that a terminal obeys, and no line of theirs: %s', (name) => {
  const way = ways[name] as (say: Say) => string;
  const lines = (text: string): number => text.split('\n').length;
  const harmless = lines(way((place) => place));
  fc.assert(
    fc.property(nasty, (text) => {
      const paper = new Paper();
      showingControls(paper).out(way((place) => `${place}${text}`));
      expect(unseenCharacter(paper.text.replaceAll('\n', ''))).toBeUndefined();
      expect(lines(paper.text)).toBe(harmless + 1);
    }),
  );
});

it('asks, reports and warns without them', async () => {
  const paper = new Paper();
  const terminal = showingControls(paper);
  terminal.progress('a\n\u001b[1A');
  terminal.error('b\u202e');
  await terminal.confirm('c\u0007?');
  expect(paper.text).toBe('a\\u000a\\u001b[1Ab\\u202ec\\u0007?');
});
