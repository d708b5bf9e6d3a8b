import { readdirSync, readFileSync } from 'node:fs';
import { compileAssets } from './compile-assets.js';
import { formatProblem } from './problem.js';
import { route } from './route.js';
import type { IdentifiedPostingRequest } from './routed-fact.js';
import type { AssetFile } from './assets/asset-reader.js';
import { earlierFacts } from './testing/earlier-facts.js';

const assets = new URL('../../../assets/', import.meta.url);
/** Requests that the assets of version 0.1.0 made, recorded with the code of that version. They are never recorded again. */
const recorded = new URL('./testing/requests-0.1.0.json', import.meta.url);

/**
 * The requests of the facts in comparable form: whole numbers as `1n`. Left out are the version of the assets, which changes with every
 * version, and fields that were added later and enter neither the digest nor the posting key.
 */
function requestsOfEarlierFacts(change: (file: AssetFile) => AssetFile = (file) => file): Recorded[][] {
  const files = readdirSync(assets, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(yaml|csv)$/.test(name))
    .map((name) => ({ path: `assets/${name}`, text: readFileSync(new URL(name, assets), 'utf8') }))
    .map(change);
  const compiled = compileAssets(files);
  if (!compiled.ok) throw new Error(compiled.problems.map(formatProblem).join('\n'));
  return earlierFacts.map((fact) => route(compiled.bundle, fact, 0).postings.map(comparable));
}

function comparable({ requestId, request }: IdentifiedPostingRequest): Recorded {
  const { mappingVersion, effect, needs, onClosedPeriod, release, ...told } = request;
  for (const added of [mappingVersion, effect, needs, onClosedPeriod, release]) expect(added).toBeDefined();
  const text = JSON.stringify(told, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
  return { requestId, ...(JSON.parse(text) as Omit<Recorded, 'requestId'>) };
}

interface Recorded {
  readonly requestId: string;
  readonly postingKey: string;
  readonly digest: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

const earlier = (): Recorded[][] =>
  (JSON.parse(readFileSync(recorded, 'utf8')) as (Recorded & Record<string, unknown>)[][]).map((requests) =>
    requests.map(({ mappingVersion: _, effect: __, needs: ___, onClosedPeriod: ____, release: _____, ...request }) => request),
  );

const withoutFx = (file: AssetFile): AssetFile => ({ ...file, text: file.text.replace('fx: at-settlement', 'fx: off') });

it('asks for what version 0.1.0 asked for: same keys, same request ids, same digests, so that an upgrade books nothing again', () => {
  expect(requestsOfEarlierFacts(withoutFx)).toEqual(earlier());
});

it('changes one thing where receipts are valued at settlement: the settled amount of a receipt in another currency, under the same key', () => {
  const changed = requestsOfEarlierFacts().flatMap((requests, fact) =>
    requests.flatMap((request, index) => {
      const before = earlier()[fact]?.[index];
      expect([request.postingKey, request.requestId]).toEqual([before?.postingKey, before?.requestId]);
      return request.digest === before?.digest ? [] : [[before?.fields, request.fields]];
    }),
  );
  expect(changed).toHaveLength(1);
  const [[before, now] = []] = changed;
  expect(now).toEqual({ ...before, BankReceiptAmt: '126.40' });
});
