import type { Identity } from '@tributary/identity';
import type { MessageContext } from '@tributary/messaging';
import type { Pod } from '../testing/harness.js';
import { aCustomer, aReceipt, asked } from '../testing/makers.js';
import { person, serveTargets } from '../testing/served-targets.js';
import type { ServedTargets } from '../testing/served-targets.js';
import { useSink } from '../testing/sink-fixture.js';

/** A target that somebody paused: nothing new is begun in any pod, nothing is lost, and the audit trail is told. */
const sink = useSink();
let targets: ServedTargets | undefined;
let caller: Identity;
afterEach(async () => {
  await targets?.close();
});

async function served(pod: Pod): Promise<void> {
  targets = await serveTargets(pod, () => caller);
}
const ask: ServedTargets['ask'] = (method, url, payload) =>
  targets ? targets.ask(method, url, payload) : Promise.reject(new Error('nothing is served'));
const paused = (by: string, reason: string): unknown =>
  expect.objectContaining({ target: 'fake-main', state: 'paused', paused: { at: expect.any(String) as string, by, reason } });
const working: unknown = expect.objectContaining({ target: 'fake-main', state: 'working', paused: null });

/** A request as the transport hands it over. */
function taken(pod: Pod): Promise<unknown> {
  const context = { eventId: 'r1', key: 'cus_1', partition: 0, offset: 7n, signal: new AbortController().signal, headers: {} };
  return pod.consumer.onPostingRequested(aReceipt('ch_1'), context as unknown as MessageContext);
}
const reported = (pod: Pod): Promise<unknown[]> =>
  pod.database.query(
    `select report->>'subject' as subject, report->>'action' as action, report->>'object' as object, report->>'reason' as reason
     from erp_sink.audit_outbox order by audit_outbox.place`,
  );

it('begins nothing while it is paused, in any pod and after a restart, and works on when it is resumed', async () => {
  const [pod, other] = [await sink.pod(), await sink.pod()];
  await served(pod);
  caller = person('engineer');
  expect(await ask('GET', '/targets')).toEqual([200, { targets: [working] }]);
  expect(await ask('POST', '/targets/fake-main/pause', { reason: 'month end' })).toEqual([200, paused('engineer', 'month end')]);
  for (const each of [pod, other, await sink.pod()])
    await expect(taken(each)).rejects.toMatchObject({ code: 'target.paused', disposition: 'pause' });
  expect(sink.erp.posts).toBe(0);

  caller = person('admin');
  expect(await ask('POST', '/targets/fake-main/pause', { reason: 'again' })).toEqual([200, paused('engineer', 'month end')]);
  expect(await ask('GET', '/targets')).toEqual([200, { targets: [paused('engineer', 'month end')] }]);
  expect(await ask('POST', '/targets/fake-main/resume', { reason: 'closed' })).toEqual([200, working]);
  expect(await ask('POST', '/targets/fake-main/resume', { reason: 'twice' })).toEqual([200, working]);
  await taken(pod);
  expect(sink.erp.posts).toBe(1);
  expect(await reported(pod)).toEqual([
    { subject: 'person:engineer', action: 'target.paused', object: 'target:fake-main', reason: 'month end' },
    { subject: 'person:admin', action: 'target.resumed', object: 'target:fake-main', reason: 'closed' },
  ]);
});

it('resumes no posting that waits while it is paused, also when what it waits for comes to be there', async () => {
  const pod = await sink.pod();
  const receipt = 'fake-main/cash-receipt/ch_1';
  await sink.deliver(pod, asked(aReceipt('ch_1', { dependsOn: ['fake-main/customer/cus_1'] })));
  const who = { subject: 'person:1', name: 'Kim' };
  await pod.pauses.pause({ who, reason: 'month end' });
  await sink.deliver(pod, asked(aCustomer('cus_1'))); // begun before the pause, so it ends
  await pod.sweeper.sweep();
  await pod.sweeper.sweep();
  expect(sink.published.resultsOf(receipt)).toEqual(['waiting']);
  expect(sink.erp.posts).toBe(1);
  await pod.pauses.resume({ who, reason: 'closed' });
  await sink.sweepUntil(pod, () => sink.published.resultsOf(receipt).includes('posted'));
  expect(sink.erp.posts).toBe(2);
});

it('releases no group while it is paused', async () => {
  const pod = await sink.pod();
  await sink.deliver(pod, asked(aReceipt('ch_1')));
  const who = { subject: 'person:1', name: 'Kim' };
  await pod.pauses.pause({ who, reason: 'month end' });
  await sink.pause(150); // longer than a group stays open (BATCH_IDLE_MS)
  await pod.sweeper.sweep();
  expect((await pod.reader.batches(10)).map(({ state }) => state)).toEqual(['open']);
  await pod.pauses.resume({ who, reason: 'closed' });
  await sink.sweepUntil(pod, async () => (await pod.reader.batches(10))[0]?.state === 'released');
});

it.each<[string, Identity, string, object, number]>([
  ['no reason', person('engineer'), 'fake-main', {}, 400],
  ['a name in the body', person('engineer'), 'fake-main', { reason: 'x', by: 'somebody' }, 400],
  ['a role that books', person('accountant'), 'fake-main', { reason: 'x' }, 403],
  ['a role for another target', person('engineer', 'other-main'), 'fake-main', { reason: 'x' }, 404],
  ['a target that is not served', person('engineer'), 'other-main', { reason: 'x' }, 404],
])('is neither paused nor resumed with %s', async (_, who, target, body, status) => {
  const pod = await sink.pod();
  await served(pod);
  caller = who;
  expect((await ask('POST', `/targets/${target}/pause`, body))[0]).toBe(status);
  expect(await pod.pauses.current()).toBeNull();
  await pod.pauses.pause({ who: { subject: 'person:1', name: 'Kim' }, reason: 'month end' });
  expect((await ask('POST', `/targets/${target}/resume`, body))[0]).toBe(status);
  expect(await pod.pauses.current()).toMatchObject({ by: 'Kim' });
});
