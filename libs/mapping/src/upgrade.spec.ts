import { readdirSync, readFileSync } from 'node:fs';
import { compileAssets } from './compile-assets.js';
import { formatProblem } from './problem.js';
import { route } from './route.js';
import { earlierFacts } from './testing/earlier-facts.js';

const assets = new URL('../../../assets/', import.meta.url);
/** What the assets of version 0.1.0 asked for, recorded with the code of that version. Never recorded again. */
const recorded = new URL('./testing/requests-0.1.0.json', import.meta.url);

/** The requests of a fact as text that compares: whole numbers as `1n`, without the version of the assets, which a new version changes. */
function requestsOfEarlierFacts(): unknown {
  const files = readdirSync(assets, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(yaml|csv)$/.test(name))
    .map((name) => ({ path: `assets/${name}`, text: readFileSync(new URL(name, assets), 'utf8') }));
  const compiled = compileAssets(files);
  if (!compiled.ok) throw new Error(compiled.problems.map(formatProblem).join('\n'));
  return earlierFacts.map((fact) =>
    route(compiled.bundle, fact, 0).postings.map(({ requestId, request: { mappingVersion, ...request } }) => ({
      requestId,
      ...(JSON.parse(
        JSON.stringify({ ...request, mappingVersion: typeof mappingVersion }, (_, value: unknown) =>
          typeof value === 'bigint' ? `${value}n` : value,
        ),
      ) as object),
    })),
  );
}

it('asks for what version 0.1.0 asked for: same keys, same request ids, same digests, so that an upgrade books nothing again', () => {
  expect(requestsOfEarlierFacts()).toEqual(JSON.parse(readFileSync(recorded, 'utf8')));
});
