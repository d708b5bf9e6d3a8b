import type { ServerResponse } from 'node:http';
import { credentialsChange } from '@tributary/emulator-kit';
import type { Calls, CredentialsChange } from '@tributary/emulator-kit';
import { z } from 'zod';
import { periodChange, periodsOf, setPeriods } from './control-periods.js';
import type { Faults } from './faults.js';
import { faultPlan } from './faults.js';
import { brokenRules, entries, trialBalance } from './ledger/books.js';
import { sendJson } from './send.js';
import type { Store } from './store.js';
import { tables } from './tables/index.js';

/** The parts that the control interface shows and changes. */
export interface ControlParts {
  readonly store: Store;
  readonly faults: Faults;
  readonly calls: Calls;
  readonly company: string;
  /** Middleware sessions that token calls have opened. */
  sessions(): number;
  expireTokens(): void;
  exchange(change: CredentialsChange): void;
  reset(): void;
}

type Handler = (parts: ControlParts, body: string) => readonly [status: number, body?: unknown];

const problemsOf = (error: z.ZodError): readonly [number, unknown] => [400, { problems: z.prettifyError(error).split('\n') }];

const routes: Readonly<Record<string, Handler>> = {
  'GET /_control/state': ({ store }) => {
    const names = [...Object.values(tables).map(({ name }) => name), ...Object.values(tables).map(({ name }) => `${name}_ud`)];
    const filled = names.flatMap((name) =>
      name === 'periods' || store.rows(name).length === 0 ? [] : [[name, store.rows(name)] as const],
    );
    return [200, Object.fromEntries(filled)];
  },
  'GET /_control/ledger': ({ store }) => [
    200,
    { entries: entries(store), trialBalance: trialBalance(store), brokenRules: brokenRules(store) },
  ],
  'GET /_control/periods': ({ store, company }) => [200, periodsOf(store, company)],
  'PUT /_control/periods': ({ store, company }, body) => {
    const wanted = periodChange.safeParse(parsed(body));
    if (!wanted.success) return problemsOf(wanted.error);
    const problem = setPeriods(store, company, wanted.data);
    return problem ? [400, { problems: [problem] }] : [200, periodsOf(store, company)];
  },
  'PUT /_control/credentials': ({ exchange }, body) => {
    const change = credentialsChange.safeParse(parsed(body));
    if (!change.success) return problemsOf(change.error);
    exchange(change.data);
    return [204];
  },
  'POST /_control/reset': ({ reset }) => {
    reset();
    return [204];
  },
  'POST /_control/expire-tokens': ({ expireTokens }) => {
    expireTokens();
    return [204];
  },
  'GET /_control/faults': ({ faults }) => [200, faults.show()],
  'PUT /_control/faults': ({ faults }, body) => {
    const plan = faultPlan.safeParse(parsed(body));
    if (!plan.success) return problemsOf(plan.error);
    faults.set(plan.data);
    return [200, faults.show()];
  },
  'GET /_control/calls': ({ calls, sessions }) => [200, { ...calls.show(), sessions: sessions() }],
};

/** The control surface: state, ledger, periods, reset, faults, calls. Not part of Prophet 21. */
export function control(parts: ControlParts, method: string, response: ServerResponse, path: string, body: string): void {
  const handler = routes[`${method} ${path}`];
  const unknown = [404, { problems: [`${method} ${path} is not one of ${Object.keys(routes).join(', ')}`] }] as const;
  const [status, answer] = handler ? handler(parts, body) : unknown;
  sendJson(response, status, answer);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
