import type { ErpDocument, ErpFound, ErpReference } from '../index.js';
import type { Fault } from './harness.js';
import type { Suite } from './suite.js';
import { anEntry, anOpenBatch, patience, referenceOf, required } from './suite.js';

/**
 * Cases of documents with several rows: half documents are reported as such, finished line by line, discarded, and read back with their
 * ledger entries.
 */
export function linedCases(suite: Suite): void {
  for (const kind of suite.lined) describe(`a ${kind}`, () => linedCasesOf(suite, kind));
}

function linedCasesOf(suite: Suite, kind: string): void {
  const connector = () => suite.harness().connector();
  const find = (document: ErpDocument): Promise<ErpFound | undefined> =>
    connector().find(document.postingKey, kind, patience(), document.lines);
  const post = (document: ErpDocument) => connector().post(document, patience());
  const posted = async (): Promise<{ document: ErpDocument; reference: ErpReference }> => {
    const document = await anEntry(suite, kind);
    return { document, reference: referenceOf(await post(document)) };
  };
  const finished = async (document: ErpDocument): Promise<void> => {
    const half = await find(document);
    if (!half) throw new Error('there is nothing to finish');
    referenceOf(await post({ ...document, known: half.reference, knownMissing: half.missing }));
    expect(await find(document)).toEqual({ reference: half.reference, complete: true, missing: [] });
    expect(await suite.harness().documents(document.postingKey)).toHaveLength(1);
  };

  it('is found whole with all of its lines, and with a line that it does not have as a half', async () => {
    const { document, reference } = await posted();
    expect(await find(document)).toEqual({ reference, complete: true, missing: [] });
    const [line] = document.lines;
    if (!line) return; // its lines are the connector's own
    const more = [...document.lines, { ...line, key: 'never-sent' }];
    const half = await connector().find(document.postingKey, kind, patience(), more);
    expect(half).toEqual({ reference, complete: false, missing: ['never-sent'] });
  });

  it('without its lines is unknown and found as a half; finishing it writes its lines and no second document', async () => {
    const document = await anEntry(suite, kind);
    await suite.harness().fault({ post: kind }, 'lines-lost');
    expect((await post(document)).kind).toBe('unknown');
    expect((await find(document))?.complete).toBe(false);
    await finished(document);
  });

  it('whose answer leaves a line out is partial, and can be finished', async () => {
    const document = await anEntry(suite, kind);
    await suite.harness().fault({ post: kind }, 'line-dropped');
    const outcome = await post(document);
    expect(outcome).toMatchObject({ kind: 'partial', missing: expect.arrayContaining([expect.any(String)]) });
    await finished(document);
  });

  it('that is whole stays as it is when it is finished again', async () => {
    const { document, reference } = await posted();
    expect(await post({ ...document, known: reference, knownMissing: [] })).toEqual({ kind: 'posted', reference });
    await finished(document);
  });

  it.each<Fault>(['lose-answer-after-commit', 'bad-gateway-after-commit', 'line-doubled'])(
    'is finished once although the answer of a finish is hit by %s',
    async (fault) => {
      const document = await anEntry(suite, kind);
      if (document.lines.length === 0 && fault === 'line-doubled') return; // its one line has a natural key
      await suite.harness().fault({ post: kind }, 'lines-lost');
      await post(document);
      const half = await find(document);
      await suite.harness().fault({ post: kind }, fault);
      const again = await post({ ...document, ...(half ? { known: half.reference, knownMissing: half.missing } : {}) });
      expect(['unknown', 'partial']).toContain(again.kind);
      await finished(document);
    },
  );

  it('that is not released is deleted with its lines, once', async () => {
    const { document, reference } = await posted();
    const discard = () => required(connector(), 'discard')(document.postingKey, kind, reference, patience());
    expect((await discard()).kind).toBe('posted');
    expect(await find(document)).toBeUndefined();
    expect(await suite.harness().documents(document.postingKey)).toEqual([]);
    expect((await discard()).kind).toBe('skipped');
  });

  it('that is released has balanced entries in the ledger and is not deleted', async () => {
    const batch = await anOpenBatch(suite, kind);
    const document = await anEntry(suite, kind, { batch });
    const reference = referenceOf(await post(document));
    const read = () => required(connector(), 'read')(document.postingKey, kind, patience());
    expect(await read()).toMatchObject({ released: false, effect: [] });
    referenceOf(await required(connector(), 'releaseBatch')(batch, patience()));
    const state = await read();
    expect(state?.released).toBe(true);
    const sum = (side: 'debit' | 'credit') => (state?.effect ?? []).reduce((all, entry) => all + Number(entry[side] ?? 0) * 1000, 0);
    expect(state?.effect?.length).toBeGreaterThan(1);
    expect(Math.round(sum('debit'))).toBe(Math.round(sum('credit')));
    expect((await required(connector(), 'discard')(document.postingKey, kind, reference, patience())).kind).toBe('rejected');
    expect(await suite.harness().documents(document.postingKey)).toHaveLength(1);
  });

  it('belongs to the batch of its kind and day', async () => {
    const document = await anEntry(suite, kind);
    const { batch } = suite.harness().kinds[kind] ?? {};
    expect(required(connector(), 'batchOf')(document)).toEqual(batch);
  });

  it('tells its date, and moves to another one with the original date in a text', async () => {
    const document = await anEntry(suite, kind);
    const one = connector();
    if (!one.postingDateOf || !one.movedTo) return; // the connector moves nothing
    expect(one.postingDateOf(document)).toBe(suite.harness().openDate);
    const moved = one.movedTo(document, '2026-12-01');
    expect(one.postingDateOf(moved)).toBe('2026-12-01');
    expect(JSON.stringify(moved.fields)).toContain(suite.harness().openDate);
    expect(moved.lines).toEqual(document.lines);
  });
}
