import type { PostingNeed } from '@tributary/contracts';
import { neededKeys, prerequisitesOf } from './needs.js';
import type { Standing } from './needs.js';

const invoice = 'fake-main/invoice/in_1';
const customer = 'fake-main/customer/cus_1';
const need = (change: Partial<PostingNeed> = {}): PostingNeed => ({
  postingKey: invoice,
  until: 'saved',
  ifNeverAsked: 'wait',
  afterMs: 0n,
  ...change,
});
const standing = (change: Partial<Standing> = {}): Standing => ({ asked: true, saved: false, released: false, ...change });
const of = (needs: readonly PostingNeed[], known: Record<string, Standing> = {}, waitingSince?: number, now = 1_000) =>
  prerequisitesOf({ dependsOn: [], needs: [...needs] }, new Map(Object.entries(known)), waitingSince, now);

it('names each key once, of dependencies and needs', () => {
  expect(neededKeys({ dependsOn: [customer, invoice], needs: [need()] })).toEqual([customer, invoice]);
});

it('meets a need for a saved document as soon as the target has it', () => {
  expect(of([need()], { [invoice]: standing() }).missing).toEqual([invoice]);
  expect(of([need()], { [invoice]: standing({ saved: true }) }).missing).toEqual([]);
});

it('meets a need for a released document only when it is in the ledger', () => {
  const released = need({ until: 'released' });
  expect(of([released], { [invoice]: standing({ saved: true }) })).toMatchObject({ missing: [invoice], unreleased: [invoice] });
  expect(of([released], { [invoice]: standing({ saved: true, released: true }) })).toMatchObject({ missing: [], unreleased: [] });
});

it('waits for dependencies whoever asks for them', () => {
  expect(prerequisitesOf({ dependsOn: [customer], needs: [] }, new Map(), 0, 1e12)).toMatchObject({ missing: [customer], neverAsked: [] });
});

it.each(['hold', 'without'])('waits for what nobody has asked for until its time is over (%s)', (ifNeverAsked) => {
  expect(of([need({ ifNeverAsked, afterMs: 500n })], {}, 600)).toMatchObject({ missing: [invoice], neverAsked: [], decideAt: 1_100 });
});

it('goes on without what nobody has asked for in time, or asks', () => {
  expect(of([need({ ifNeverAsked: 'without', afterMs: 500n })], {}, 500).missing).toEqual([]);
  expect(of([need({ ifNeverAsked: 'hold', afterMs: 500n })], {}, 500)).toMatchObject({ missing: [invoice], neverAsked: [invoice] });
  expect(of([need({ ifNeverAsked: 'wait', afterMs: 500n })], {}, 0)).toMatchObject({
    missing: [invoice],
    neverAsked: [],
    decideAt: undefined,
  });
});

it('never goes on without a document that somebody has asked for', () => {
  const asked = { [invoice]: standing() };
  for (const ifNeverAsked of ['hold', 'without'])
    expect(of([need({ ifNeverAsked, afterMs: 0n })], asked, 0)).toMatchObject({ missing: [invoice], neverAsked: [], decideAt: undefined });
});

it('starts the clock when the request arrives', () => {
  expect(of([need({ ifNeverAsked: 'hold', afterMs: 500n })])).toMatchObject({ missing: [invoice], decideAt: 1_500 });
});

it('decides about the need whose time is over first', () => {
  const later = need({ postingKey: customer, ifNeverAsked: 'hold', afterMs: 900n });
  expect(of([later, need({ ifNeverAsked: 'without', afterMs: 300n })]).decideAt).toBe(1_300);
});
