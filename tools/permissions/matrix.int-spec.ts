import { generateKeys, readKeySet, readSigningKey, signToken } from '@tributary/identity';
import type { Claims, KeySet, Role, SigningKey } from '@tributary/identity';
import { BearerAuthenticator, routesOf } from '@tributary/platform';
import { itself, people, services, whoMayCall } from './route-table.js';
import { DatabaseUnavailableError } from '@tributary/persistence';
import { double, serveControllers } from './served-controllers.js';
import type { ServedControllers } from './served-controllers.js';
import { controllersOfService, httpServices, nameOfRoute } from './service-routes.js';
import type { HttpService } from './service-routes.js';

const keys: Record<string, SigningKey> = {};
let keySet: KeySet;
let stranger: SigningKey;
let withdrawn: ReadonlySet<string>;
beforeAll(async () => {
  const pairs = await Promise.all(
    ['console', 'console-service', 'recon', 'transform', 'erp-sink'].map(async (issuer) => ({ issuer, ...(await generateKeys(issuer)) })),
  );
  for (const { issuer, privateJwk } of pairs) keys[issuer] = await readSigningKey(JSON.stringify(privateJwk));
  keySet = await readKeySet(JSON.stringify({ keys: pairs.map(({ publicJwk }) => publicJwk) }));
  stranger = await readSigningKey(JSON.stringify((await generateKeys('console')).privateJwk));
});
beforeEach(() => {
  withdrawn = new Set();
});

async function person(
  grants: Claims['grants'],
  more: { scope?: Claims['scope']; key?: SigningKey | undefined; ageS?: number } = {},
): Promise<string> {
  const { scope, key = keys['console'] as SigningKey, ageS = 0 } = more;
  const claims = { subject: 'person:1', name: 'Ada', grants: grants ?? [], ...(scope ? { scope } : {}) };
  return signToken(key, claims, { tokenId: 'token-0001', lifetimeS: 60, now: new Date(Date.now() - ageS * 1_000) });
}
function ofService(name: string): Promise<string> {
  const key = keys[name === 'console' ? 'console-service' : name] as SigningKey;
  return signToken(key, { subject: `service:${name}`, name }, { tokenId: 'token-0002', lifetimeS: 60, now: new Date() });
}

async function ask(
  origin: string,
  route: string,
  token: string | undefined,
): Promise<{ status: number; error: string | undefined; text: string }> {
  const [method = '', path = ''] = route.split(' ');
  const url = `${origin}${path.replace('*', 'kinetic-main/journal/x').replaceAll(/:\w+/g, 'x')}`;
  const gone = new AbortController();
  const response = await fetch(url, {
    method: method === 'ALL' ? 'POST' : method,
    headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), 'content-type': 'application/json' },
    ...(method === 'GET' ? {} : { body: '{}' }),
    signal: gone.signal,
  });
  const isStream = response.headers.get('content-type')?.includes('event-stream') ?? false;
  const text = isStream ? '' : await response.text();
  gone.abort();
  return { status: response.status, error: /"error":"(identity\.[a-z]+)"/.exec(text)?.[1], text };
}

const isListed = (callers: string | undefined, caller: string): boolean =>
  callers === 'everybody' || (callers ?? '').split(' ').includes(caller);
const letIn = (status: number): boolean => status !== 401 && status !== 403;

describe.each(httpServices)('%s', (service: HttpService) => {
  const table = whoMayCall[service] ?? {};
  let routes: string[];
  let served: ServedControllers;
  beforeAll(async () => {
    routes = routesOf(await controllersOfService(service, 'source')).map(nameOfRoute);
    const bearer = new BearerAuthenticator(
      () => Promise.resolve(keySet),
      ({ tokenId = '' }) => withdrawn.has(tokenId),
    );
    served = await serveControllers(service, bearer);
  }, 60_000);
  afterAll(() => served?.close());

  it('lets each role in where the table says so, for one target and for all, and nowhere else', async () => {
    const wrong: string[] = [];
    let cells = 0;
    for (const role of people)
      for (const target of ['*', 'kinetic-main', 'sl-main']) {
        const token = await person([{ role: role as Role, target }]);
        for (const route of routes) {
          if (table[route] === itself) continue;
          const may = isListed(table[route], role) || (target === '*' && isListed(table[route], `${role}@*`));
          const { status, error } = await ask(served.origin, route, token);
          if (letIn(status) !== may || (!may && error !== 'identity.forbidden')) wrong.push(`${role} for ${target}: ${route} ${status}`);
          cells += 1;
        }
      }
    expect(wrong).toEqual([]);
    expect(cells).toBe(15 * routes.filter((route) => table[route] !== itself).length);
  });

  it('lets each service in where the table says so, and nowhere else', async () => {
    const wrong: string[] = [];
    for (const name of services) {
      const token = await ofService(name);
      for (const route of routes) {
        if (table[route] === itself) continue;
        const may = isListed(table[route], `service:${name}`);
        const { status } = await ask(served.origin, route, token);
        if (letIn(status) !== may) wrong.push(`${name}: ${route} ${status}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('lets nobody in without a role, beyond the scope of a token, or without a good token', async () => {
    const everything = people.map((role) => ({ role, target: '*' }));
    const [, good] = [await person([]), await person(everything)];
    const [first = '', second = ''] = [good.slice(0, -8), good.slice(-8)];
    const refused: [string, string | undefined, number, string][] = [
      ['no role', await person([]), 403, 'identity.forbidden'],
      ['no scope', await person(everything, { scope: [] }), 403, 'identity.forbidden'],
      ['no token', undefined, 401, 'identity.missing'],
      ['expired', await person(everything, { ageS: 3_600 }), 401, 'identity.expired'],
      ['from the future', await person(everything, { ageS: -3_600 }), 401, 'identity.invalid'],
      ['signed by a stranger', await person(everything, { key: stranger }), 401, 'identity.invalid'],
      ['changed', `${first}${[...second].toReversed().join('')}`, 401, 'identity.invalid'],
    ];
    const wrong: string[] = [];
    for (const [what, token, status, error] of refused)
      for (const route of routes.filter((one) => table[one] !== 'everybody' && table[one] !== itself)) {
        const found = await ask(served.origin, route, token);
        if (found.status !== status || found.error !== error) wrong.push(`${what}: ${route} ${found.status} ${found.error}`);
      }
    expect(wrong).toEqual([]);
  });

  it('lets nobody on whose token is withdrawn in the middle', async () => {
    const token = await person(people.map((role) => ({ role, target: '*' })));
    const guarded = routes.filter((route) =>
      (table[route] ?? '').split(' ').some((caller) => (people as readonly string[]).includes(caller)),
    );
    const found: unknown[] = [];
    for (const [index, route] of guarded.entries()) {
      if (index === Math.ceil(guarded.length / 2)) withdrawn = new Set(['token-0001']);
      const { status, error } = await ask(served.origin, route, token);
      found.push(letIn(status) ? 'in' : error);
    }
    expect(found).toEqual(guarded.map((_, index) => (index < Math.ceil(guarded.length / 2) ? 'in' : 'identity.withdrawn')));
  });
});

describe.each(httpServices)('what %s cannot do', (service: HttpService) => {
  const inside = 'http://canary.internal:4040/secret';
  const failures: readonly [string, () => Error][] = [
    ['a defect', () => new Error(`calling ${inside}`)],
    ['a call that failed', () => new TypeError('fetch failed', { cause: new Error(`connect ECONNREFUSED ${inside}`) })],
    ['an error with a status', () => Object.assign(new Error(`calling ${inside}`), { statusCode: 500 })],
    ['a database that is away', () => new DatabaseUnavailableError(`reading: connect ECONNREFUSED ${inside}`, {})],
  ];

  it.each(failures)(
    'is answered without an address of the inside: %s',
    async (_what, failure) => {
      const bearer = new BearerAuthenticator(
        () => Promise.resolve(keySet),
        () => false,
      );
      const served = await serveControllers(service, bearer, () =>
        double(() => {
          throw failure();
        }),
      );
      try {
        const token = await person(people.map((role) => ({ role, target: '*' })));
        const told: string[] = [];
        let failed = 0;
        for (const route of routesOf(await controllersOfService(service, 'source')).map(nameOfRoute)) {
          const { status, text } = await ask(served.origin, route, token);
          if (/canary|internal:|ECONNREFUSED/.test(text)) told.push(`${route}: ${text}`);
          if (status >= 500) failed += 1;
        }
        expect(told).toEqual([]);
        expect(failed).toBeGreaterThan(0);
      } finally {
        await served.close();
      }
    },
    60_000,
  );
});

describe('by target', () => {
  it('erp-sink shows and releases what belongs to the targets of whoever asks', async () => {
    const { ServedLedgers } = (await import('../../services/erp-sink/src/accept/served-ledgers.js' as string)) as {
      ServedLedgers: new (ledgers: object[]) => object;
    };
    const orders: unknown[] = [];
    const ledger = (target: string): object => ({
      target,
      reader: {
        counts: () => Promise.resolve({ posted: 1 }),
        postings: () => Promise.resolve([{ postingKey: `${target}/journal/x`, changedAt: '2026-11-28T12:00:00Z' }]),
        posting: (postingKey: string) => Promise.resolve({ postingKey }),
        batches: () => Promise.resolve([{ batchId: target, openedAt: '2026-11-28T12:00:00Z' }]),
      },
      batches: {
        order: (batchId: string, who: object) => (
          orders.push([target, batchId, who]),
          Promise.resolve({ effect: 'ordered', batch: { state: 'closed' } })
        ),
      },
    });
    const bearer = new BearerAuthenticator(
      () => Promise.resolve(keySet),
      () => false,
    );
    const served = await serveControllers('erp-sink', bearer, (token) =>
      token === ServedLedgers ? new ServedLedgers([ledger('kinetic-main'), ledger('sl-main')]) : undefined,
    );
    try {
      const get = async (path: string, token: string, body?: object): Promise<[number, string]> => {
        const response = await fetch(`${served.origin}${path}`, {
          method: body ? 'POST' : 'GET',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          ...(body ? { body: JSON.stringify(body) } : {}),
        });
        return [response.status, await response.text()];
      };
      const own = await person([{ role: 'accountant', target: 'sl-main' }]);
      const every = await person([{ role: 'accountant', target: '*' }]);
      for (const [path, ownStatus] of [
        ['/postings', 200],
        ['/batches', 200],
        ['/postings?target=sl-main', 200],
        ['/postings?target=kinetic-main', 404],
        ['/batches?target=kinetic-main', 404],
        ['/postings/kinetic-main/journal/x', 404],
        ['/postings/sl-main/journal/x', 200],
      ] as const) {
        const [status, text] = await get(path, own);
        expect([path, status]).toEqual([path, ownStatus]);
        if (!path.includes('kinetic-main')) expect(text).not.toContain('kinetic-main');
        expect([path, (await get(path, every))[0]]).toEqual([path, 200]);
      }
      const release = '/batches/b1/release-orders';
      expect((await get(`${release}?target=kinetic-main`, own, { reason: 'open again' }))[0]).toBe(404);
      expect((await get(`${release}?target=sl-main`, own, { reason: 'open again', by: 'Bo' }))[0]).toBe(400);
      expect((await get(`${release}?target=sl-main`, own, { reason: 'open again' }))[0]).toBe(202);
      expect(orders).toEqual([
        [
          'sl-main',
          'b1',
          { by: 'Ada (person:1)', reason: 'open again', who: expect.objectContaining({ subject: 'person:1', name: 'Ada' }) },
        ],
      ]);
    } finally {
      await served.close();
    }
  }, 60_000);
});
