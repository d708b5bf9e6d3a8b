import { headers } from '@tributary/contracts';
import type { PostingRequested } from '@tributary/contracts';
import type { ErpConnector } from '@tributary/connector-kit';
import type { MessageContext } from '@tributary/messaging';
import type { Poster, PostingOrder } from '../emit/poster.js';
import type { StoredRequest } from '../emit/ledger/ledger-row.js';
import { aReceipt } from '../testing/makers.js';
import { PostingRequestConsumer } from './posting-request.consumer.js';

const handled: [StoredRequest, PostingOrder | undefined][] = [];
const poster = {
  handle: (request: StoredRequest, _signal: AbortSignal, order?: PostingOrder) => {
    handled.push([request, order]);
    return Promise.resolve([]);
  },
};
const connector = { name: 'fake', capabilities: new Set(['cash-receipt']) };
const consumer = new PostingRequestConsumer(poster as unknown as Poster, connector as unknown as ErpConnector, 'fake-main', {
  refuseWhilePaused: () => Promise.resolve(),
});

function taken(change: Partial<PostingRequested>, given: Record<string, string> = {}): Promise<unknown> {
  const context = { eventId: 'r1', key: 'cus_1', partition: 0, offset: 7n, signal: new AbortController().signal, headers: given };
  return consumer.onPostingRequested(aReceipt('ch_1', change), context as unknown as MessageContext);
}

beforeEach(() => void handled.splice(0));

const unusable: [string, Partial<PostingRequested>, string][] = [
  ['for another target', { target: 'other' }, 'posting.misrouted'],
  ['of a kind that the connector does not take', { kind: 'spaceship' }, 'posting.misrouted'],
  ['of an unknown protocol', { protocol: 'whatever' }, 'posting.misrouted'],
  ['with a posting key that names nothing', { postingKey: 'fake-main/cash-receipt/ch\0' }, 'posting.key-invalid'],
  ['with a dependency that names nothing', { dependsOn: ['x'] }, 'posting.key-invalid'],
  [
    'with a need that names nothing',
    { needs: [{ postingKey: 'x', until: 'saved', ifNeverAsked: 'wait', afterMs: 0n }] },
    'posting.key-invalid',
  ],
  [
    'with a need of a newer version',
    { needs: [{ postingKey: 'fake-main/invoice/in_1', until: 'paid', ifNeverAsked: 'wait', afterMs: 0n }] },
    'posting.misrouted',
  ],
];

it.each(unusable)('refuses a request %s before anything is done', async (_name, change, code) => {
  await expect(taken(change)).rejects.toMatchObject({ code, disposition: 'reject' });
  await expect(taken(change, { [headers.orderAction]: 'replay' })).rejects.toMatchObject({ code });
  expect(handled).toEqual([]);
});

it.each(unusable)('lets an operator skip a request %s', async (_name, change) => {
  expect(await taken(change, { [headers.orderAction]: 'skip', [headers.orderReason]: 'of a test' })).toEqual([]);
  expect(handled).toEqual([]);
});

it('hands on what it can post, with what the operator ordered', async () => {
  await taken({}, { [headers.orderAction]: 'resolve', [headers.orderReason]: 'that one', [headers.orderReference]: '{"HeadNum":"881"}' });
  expect(handled).toMatchObject([
    [
      { requestId: 'r1', recordKey: 'cus_1' },
      { kind: 'decide', decision: { kind: 'adopt', reference: { HeadNum: '881' } }, text: 'that one' },
    ],
  ]);
});
