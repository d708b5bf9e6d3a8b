import type { ConformanceCase } from '../case.js';
import { anyRole } from '../case.js';
import type { ErpConnectorHarness } from '../harness.js';
import type { Suite } from '../suite.js';
import { aDocument, connectorOf, patience, referenceOf, required } from '../suite.js';

type Sent = ReturnType<NonNullable<ErpConnectorHarness['sent']>>[number];
const sentBy = (suite: Suite): readonly Sent[] => suite.harness().sent?.() ?? [];

/** Cases of a dry run: the calls that are described are the calls that are made. */
export const describedCallsCases: readonly ConformanceCase[] = [
  {
    title: 'is described as the call that it is then stored with: method, path and values, digit by digit',
    roles: anyRole,
    async run(suite, kind) {
      const entry = suite.declaration.kinds[kind]?.role === 'entry';
      const amount = suite.harness().amountsAreDoubles ? '999999999999.95' : '90071992547409.93';
      const document = await aDocument(suite, kind, entry ? { amount, currency: 'USD' } : {});
      const described = required(connectorOf(suite), 'describeCall')(document);
      const before = sentBy(suite).length;
      referenceOf(await connectorOf(suite).post(document, patience()));
      const sent = sentBy(suite).slice(before);
      expect(described.length).toBeGreaterThan(0);
      for (const call of described) expect(problemsOf(call, sent)).toEqual([]);
    },
  },
  {
    title: 'is described without asking or storing anything',
    roles: anyRole,
    async run(suite, kind) {
      const document = await aDocument(suite, kind);
      const before = sentBy(suite).length;
      required(connectorOf(suite), 'describeCall')(document);
      expect(sentBy(suite)).toHaveLength(before);
      expect(await suite.harness().documents(document.postingKey)).toEqual([]);
    },
  },
];

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

/** Parses JSON and keeps the text of numbers: an amount that is equal only after rounding is another amount. Other bodies are compared whole. */
function exactly(text: string): unknown {
  const parse = JSON.parse as (text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown) => unknown;
  try {
    return parse(text, (_key, value, { source }) => (typeof value === 'number' ? `number ${source}` : value));
  } catch {
    return text;
  }
}
