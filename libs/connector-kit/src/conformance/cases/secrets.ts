import type { ConformanceCase } from '../case.js';
import { anyRole } from '../case.js';
import type { Suite } from '../suite.js';
import { aDocument, connectorOf, kindOf, patience, required, shortTimeoutMs } from '../suite.js';

function expectNoSecret(suite: Suite, shown: string): void {
  expect(suite.harness().secrets.length).toBeGreaterThan(0);
  for (const secret of suite.harness().secrets) expect(shown).not.toContain(secret);
}

/** Everything that a log or a dead letter may show of an error. */
async function shownOf(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Error)) throw new Error('an error was expected');
  const { message, stack, cause } = error;
  return [message, JSON.stringify(error), stack, JSON.stringify(cause), String((cause as Error | undefined)?.stack)].join('\n');
}

/** Cases of what must never be shown. */
export const secretsCases: readonly ConformanceCase[] = [
  {
    title: 'that is unauthorised shows no secret',
    roles: anyRole,
    async run(suite, kind) {
      const document = await aDocument(suite, kind);
      const outcome = await connectorOf(suite, { wrongPassword: true }).post(document, patience());
      expectNoSecret(suite, JSON.stringify(outcome));
    },
  },
  {
    title: 'that was not answered shows no secret',
    roles: anyRole,
    async run(suite, kind) {
      const document = await aDocument(suite, kind);
      await suite.harness().fault({ post: kind }, 'lose-answer-after-commit');
      expectNoSecret(suite, JSON.stringify(await connectorOf(suite).post(document, patience())));
      await suite.harness().fault({ post: kind }, 'server-error');
      expectNoSecret(suite, JSON.stringify(await connectorOf(suite).post(await aDocument(suite, kind), patience())));
    },
  },
  {
    title: 'that is looked up with a wrong password shows no secret in the error',
    roles: anyRole,
    also: ['look-ups'],
    async run(suite, kind) {
      const { postingKey } = kindOf(suite, kind).valid(suite.nextId(kind), {});
      expectNoSecret(suite, await shownOf(connectorOf(suite, { wrongPassword: true }).find(postingKey, kind, patience())));
    },
  },
  {
    title: 'that is looked up in vain shows no secret in the error',
    roles: anyRole,
    also: ['look-ups'],
    async run(suite, kind) {
      const { postingKey } = kindOf(suite, kind).valid(suite.nextId(kind), {});
      await suite.harness().fault({ find: kind }, 'silence');
      const impatient = connectorOf(suite, { callTimeoutMs: shortTimeoutMs });
      expectNoSecret(suite, await shownOf(impatient.find(postingKey, kind, patience())));
    },
  },
  {
    title: 'a probe that fails shows no secret in the error',
    async run(suite) {
      expectNoSecret(suite, await shownOf(connectorOf(suite, { wrongPassword: true }).probe(patience())));
      expectNoSecret(suite, await shownOf(connectorOf(suite, { unreachable: true }).probe(patience())));
    },
  },
  {
    title: 'that is described shows no secret',
    roles: anyRole,
    also: ['described-calls'],
    async run(suite, kind) {
      const document = await aDocument(suite, kind);
      expectNoSecret(suite, JSON.stringify(required(connectorOf(suite), 'describeCall')(document)));
    },
  },
];
