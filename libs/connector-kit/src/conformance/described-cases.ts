import type { ErpConnector } from '../erp-connector.js';
import type { DocumentChange } from './harness.js';
import type { Suite } from './suite.js';
import { aDocument, patience, referenceOf } from './suite.js';

type Sent = Readonly<Record<'method' | 'path' | 'body', string>>;

/** Cases of a dry run: the calls that are described are the calls that are made. */
export function describedCases(suite: Suite): void {
  const kinds = [...suite.masters, ...suite.entries, ...suite.lined];
  const entryAmount = (kind: string): DocumentChange =>
    suite.entries.includes(kind) ? { amount: '90071992547409.93', currency: 'USD' } : {};
  describe('a call that is described before it is made', () => {
    it.each(kinds)('is the one that a new %s is then stored with: same method, path and values, digit by digit', async (kind) => {
      const harness = suite.harness();
      const connector = harness.connector();
      const document = await aDocument(suite, kind, entryAmount(kind));
      const described = describer(connector)(document);
      const before = harness.sent().length;
      referenceOf(await connector.post(document, patience()));
      const sent = harness.sent().slice(before);
      expect(described.length).toBeGreaterThan(0);
      for (const call of described) expect(problemsOf(call, sent)).toEqual([]);
    });

    it.each(kinds)('asks nothing, stores nothing and holds no secret: %s', async (kind) => {
      const harness = suite.harness();
      const document = await aDocument(suite, kind);
      const before = harness.sent().length;
      const text = JSON.stringify(describer(harness.connector())(document));
      expect(harness.sent()).toHaveLength(before);
      expect(await harness.documents(document.postingKey)).toEqual([]);
      for (const secret of harness.secrets) expect(text).not.toContain(secret);
    });
  });
}

function describer(connector: ErpConnector): NonNullable<ErpConnector['describeCall']> {
  if (!connector.describeCall) throw new Error(`${connector.name} describes no calls`);
  return connector.describeCall.bind(connector);
}

/**
 * Differences between a described call and the call that was made. The call that was made may have more fields; nothing else may differ.
 */
function problemsOf(call: Sent, sent: readonly Sent[]): string[] {
  const made = sent.filter(({ method, path }) => method === call.method && path === call.path);
  if (made.length !== 1) return [`${call.method} ${call.path} was made ${made.length} times`];
  return missing(exactly(call.body), exactly(made[0]?.body ?? ''), 'body');
}

function missing(wanted: unknown, found: unknown, path: string): string[] {
  if (typeof wanted !== 'object' || wanted === null)
    return Object.is(wanted, found) ? [] : [`${path}: ${String(wanted)} is ${String(found)}`];
  const other = (found ?? {}) as Readonly<Record<string, unknown>>;
  if (Array.isArray(wanted) && (!Array.isArray(found) || found.length !== wanted.length)) return [`${path}: another number of entries`];
  return Object.entries(wanted).flatMap(([name, value]) => missing(value, other[name], `${path}.${name}`));
}

/** Parses JSON and keeps the text of numbers: an amount that is equal only after rounding is another amount. */
function exactly(text: string): unknown {
  const parse = JSON.parse as (text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown) => unknown;
  return parse(text, (_key, value, { source }) => (typeof value === 'number' ? `number ${source}` : value));
}
