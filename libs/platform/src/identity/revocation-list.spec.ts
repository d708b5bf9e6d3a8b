import type { Identity } from '@tributary/identity';
import { RevocationList } from './revocation-list.js';

const ada: Identity = { subject: 'person:1', name: 'Ada', grants: [], tokenId: 'token-0001', issuedAt: 1_000 };
const withdrawn = JSON.stringify({ tokens: ['token-0001'], subjects: [] });

it('withdraws what the console says, asks with the tag of the last list, and keeps it while the console is silent', async () => {
  const answers: (() => Response)[] = [
    () => new Response(withdrawn, { headers: { etag: '"1"' } }),
    () => new Response(null, { status: 304 }),
    () => new Response('{}'),
    () => new Response(null, { status: 401 }),
    () => {
      throw new TypeError('fetch failed');
    },
    () => new Response('{"tokens":[],"subjects":[]}'),
  ];
  const tags: (string | null)[] = [];
  const list = new RevocationList('http://console/identity/revocations', ((_url: string, init?: RequestInit) => {
    tags.push(new Headers(init?.headers).get('if-none-match'));
    return Promise.resolve().then(() => (answers.shift() as () => Response)());
  }) as typeof fetch);
  const said: string[] = [];
  const log = { warn: (text: string) => said.push(text), info: (text: string) => said.push(text) };
  expect(list.isWithdrawn(ada)).toBe(false);
  for (let asked = 0; asked < 5; asked += 1) {
    await list.refresh(log);
    expect(list.isWithdrawn(ada)).toBe(true);
  }
  await list.refresh(log);
  expect(list.isWithdrawn(ada)).toBe(false);
  expect(tags).toEqual([null, '"1"', '"1"', '"1"', '"1"', '"1"']);
  expect(said).toEqual([
    'the console does not say which tokens are withdrawn: it is no list of revocations; the last list counts',
    'the console says again which tokens are withdrawn',
  ]);
});
