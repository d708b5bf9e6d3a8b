import type { ErpDocument } from '../erp-document.js';
import type { PostingOutcome } from '../posting-outcome.js';
import type { Fault } from './harness.js';
import type { Suite } from './suite.js';
import { aDocument, patience } from './suite.js';

/** Shorter than the time that a case waits, longer than an answer takes. */
const shortTimeoutMs = 1_000;

/** Cases of what a caller may conclude from one post, however it ended (I3). */
export function outcomeCases(suite: Suite): void {
  for (const kind of [...suite.masters, ...suite.entries, ...suite.lined]) describe(`posting a ${kind}`, () => postingCases(suite, kind));

  it('a kind that is not among the capabilities is rejected', async () => {
    const connector = suite.harness().connector();
    for (const kind of suite.masters) {
      const document = { ...(await aDocument(suite, kind)), kind: 'no-such-kind' };
      expect(connector.capabilities.has(document.kind)).toBe(false);
      expect((await connector.post(document, patience())).kind).toBe('rejected');
    }
  });

  it('takes exactly the kinds that the harness has documents of', () => {
    const { kinds, connector } = suite.harness();
    expect([...connector().capabilities].sort()).toEqual(Object.keys(kinds).sort());
    expect([...suite.masters, ...suite.entries, ...suite.lined].sort()).toEqual(Object.keys(kinds).sort());
  });

  it('says how long a call may take, longer than its time limit', () => {
    expect(suite.harness().connector({ callTimeoutMs: shortTimeoutMs }).longestCallMs).toBeGreaterThanOrEqual(shortTimeoutMs);
  });
}

function postingCases(suite: Suite, kind: string): void {
  const postUnder = async (fault: Fault): Promise<{ document: ErpDocument; outcome: PostingOutcome; tookMs: number }> => {
    const harness = suite.harness();
    const document = await aDocument(suite, kind);
    await harness.fault({ post: kind }, fault);
    const startedAt = performance.now();
    const outcome = await harness.connector({ callTimeoutMs: shortTimeoutMs }).post(document, patience());
    return { document, outcome, tookMs: performance.now() - startedAt };
  };

  it.each(['lose-answer-after-commit', 'bad-gateway-after-commit', 'silence-after-commit'] as const)(
    'is unknown after %s, and the document is found',
    async (fault) => {
      const harness = suite.harness();
      const { document, outcome } = await postUnder(fault);
      expect(outcome.kind).toBe('unknown');
      expect(await harness.documents(document.postingKey)).toHaveLength(1);
      expect(await harness.connector().find(document.postingKey, document.kind, patience())).toBeDefined();
    },
  );

  it.each(['silence', 'server-error'] as const)('is unknown after %s, and the document is not found', async (fault) => {
    const harness = suite.harness();
    const { document, outcome, tookMs } = await postUnder(fault);
    expect(outcome.kind).toBe('unknown');
    expect(tookMs).toBeLessThan(5 * shortTimeoutMs);
    expect(await harness.connector().find(document.postingKey, document.kind, patience())).toBeUndefined();
  });

  it('that is refused by a proxy is surely not stored: unavailable, not unknown', async () => {
    const { document, outcome } = await postUnder('refuse');
    expect(outcome.kind).toBe('unavailable');
    expect(await suite.harness().documents(document.postingKey)).toEqual([]);
  });

  it('without capacity is throttled and says how long', async () => {
    const { document, outcome } = await postUnder('throttle');
    expect(outcome).toMatchObject({ kind: 'throttled', retryAfterMs: expect.any(Number) });
    expect(await suite.harness().documents(document.postingKey)).toEqual([]);
  });

  it('to where nobody listens is unavailable', async () => {
    const document = await aDocument(suite, kind);
    const outcome = await suite.harness().connector({ unreachable: true }).post(document, patience());
    expect(outcome.kind).toBe('unavailable');
  });

  it('with a wrong password is unauthorised, shows no secret and stores nothing', async () => {
    const harness = suite.harness();
    const document = await aDocument(suite, kind);
    const outcome = await harness.connector({ wrongPassword: true }).post(document, patience());
    expect(outcome.kind).toBe('unauthorised');
    for (const secret of harness.secrets) expect(JSON.stringify(outcome)).not.toContain(secret);
    expect(await harness.documents(document.postingKey)).toEqual([]);
  });

  it('that was given up before it began is surely not stored', async () => {
    const harness = suite.harness();
    const document = await aDocument(suite, kind);
    const outcome = await harness.connector().post(document, AbortSignal.abort());
    expect(outcome.kind).toBe('unavailable');
    expect(await harness.documents(document.postingKey)).toEqual([]);
  });

  it('that is given up while the ERP works ends at once and is unknown', async () => {
    const harness = suite.harness();
    const document = await aDocument(suite, kind);
    await harness.fault({ post: kind }, 'silence-after-commit');
    const startedAt = performance.now();
    const outcome = await harness.connector().post(document, AbortSignal.timeout(shortTimeoutMs));
    expect(outcome.kind).toBe('unknown');
    expect(performance.now() - startedAt).toBeLessThan(3 * shortTimeoutMs);
    expect(await harness.connector().find(document.postingKey, document.kind, patience())).toBeDefined();
  });
}
