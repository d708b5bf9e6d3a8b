import {
  BearerTokens,
  ErpCannotLookUpError,
  ErpSilentError,
  secretCredential,
  tokenCredential,
  TokenRefusedError,
  TokenSilentError,
} from '@tributary/connector-kit';
import { postingKey } from '@tributary/domain';
import { RestConnector } from './rest-connector.js';
import { readService, shippedService } from './service-file.js';

const key = postingKey({ target: 'rest-test', kind: 'customer', sourceId: 'cus_1' });
const signal = new AbortController().signal;
let asked: string[];
beforeEach(() => void (asked = []));

/** A connector to a service that answers each address by a function, without a network. */
function connectorTo(answer: (url: URL) => unknown): RestConnector {
  return new RestConnector(readService(shippedService), {
    url: 'https://gateway.example.test',
    credential: secretCredential(() => 'token-1'),
    callTimeoutMs: 1_000,
    fetch: (url) => {
      asked.push(url);
      return Promise.resolve(new Response(JSON.stringify(answer(new URL(url)))));
    },
  });
}
const row = (n: number) => ({ CustomerNumber: `C${n}`, ExternalReference: n === 249 ? key : `other-${n}` });

it('reads all pages, and chooses by the key itself where a service ignores the filter', async () => {
  const rows = Array.from({ length: 250 }, (_, n) => row(n));
  const pageOf = ({ searchParams }: URL) => {
    const from = (Number(searchParams.get('page')) - 1) * 100;
    return { items: rows.slice(from, from + 100) };
  };
  expect(await connectorTo(pageOf).find(key, 'customer', signal)).toMatchObject({ reference: { CustomerNumber: 'C249' } });
  expect(asked).toHaveLength(3);
});

it('a service that has no end of pages is no answer', async () => {
  const endless = connectorTo(() => ({ items: Array.from({ length: 100 }, (_, n) => ({ ExternalReference: `other-${n}` })) }));
  await expect(endless.find(key, 'customer', signal)).rejects.toThrow(ErpSilentError);
});

it('an answer without rows is never "not there"', async () => {
  await expect(connectorTo(() => ({ data: [] })).find(key, 'customer', signal)).rejects.toThrow(ErpSilentError);
});

it('a kind without a look-up says so without asking: after a lost answer a person looks', async () => {
  const journal = postingKey({ target: 'rest-test', kind: 'journal', sourceId: 'po_1' });
  await expect(connectorTo(() => ({})).find(journal, 'journal', signal)).rejects.toThrow(ErpCannotLookUpError);
  expect(asked).toEqual([]);
});

it('an answer that names no stored document is unknown', async () => {
  const fields = { CashAccount: '1150', RevenueAccount: '4000', Amount: '3.20' };
  const document = { postingKey: key, kind: 'journal', shape: 'rest/journal', protocol: 'create-once', fields, lines: [] } as const;
  expect((await connectorTo(() => ({})).post(document, signal)).kind).toBe('unknown');
});

it.each([
  ['gives no token', new TokenRefusedError('no token: invalid_client'), 'erp.unauthorised'],
  ['does not answer', new TokenSilentError('no token: no answer'), 'erp.silent'],
])('an issuer that %s pauses the target, and nothing is sent', async (_name, error, code) => {
  const connector = new RestConnector(readService(shippedService), {
    url: 'https://gateway.example.test',
    credential: tokenCredential(new BearerTokens(() => Promise.reject(error)), 'rest.unreachable'),
    callTimeoutMs: 1_000,
    fetch: (url) => (asked.push(url), Promise.resolve(new Response('[]'))),
  });
  await expect(connector.find(key, 'customer', signal)).rejects.toMatchObject({ code, disposition: 'pause' });
  expect(asked).toEqual([]);
});

it('a token that was revoked is replaced once, and the call made again', async () => {
  let given = 0;
  const connector = new RestConnector(readService(shippedService), {
    url: 'https://gateway.example.test',
    credential: tokenCredential(
      new BearerTokens(() => Promise.resolve({ text: `t${(given += 1)}`, livesMs: 3_600_000 })),
      'rest.unreachable',
    ),
    callTimeoutMs: 1_000,
    fetch: (_url, { headers }) => {
      const sent = (headers as Record<string, string>).authorization ?? '';
      asked.push(sent);
      const revoked = sent === 'Bearer t1' && asked.length > 1;
      return Promise.resolve(new Response(revoked ? '{"message":"t1 is revoked"}' : '[]', { status: revoked ? 401 : 200 }));
    },
  });
  for (const _call of [1, 2]) await connector.find(key, 'customer', signal);
  expect(asked).toEqual(['Bearer t1', 'Bearer t1', 'Bearer t2']);
});
