import { credentialsChange } from '@tributary/emulator-kit';
import type { Calls, CredentialsChange } from '@tributary/emulator-kit';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Store } from './data/store.js';
import type { Clock } from './doors/clock.js';
import type { Faults } from './faults.js';
import { faultPlan } from './faults.js';
import { clockChange, periodChange, periodsOf, setBatch, setPeriods, statusChange } from './control-changes.js';
import { brokenRules, entries, trialBalance } from './ledger/books.js';

/** The parts that the control interface shows and changes. */
export interface ControlParts {
  readonly store: Store;
  readonly faults: Faults;
  readonly calls: Calls;
  readonly clock: Clock;
  exchange(change: CredentialsChange): void;
  reset(): void;
}

type Handler = (parts: ControlParts, body: unknown) => { readonly status: number; readonly body?: unknown };

const ok = (body?: unknown): { status: number; body?: unknown } => (body === undefined ? { status: 204 } : { status: 200, body });
const bad = (...problems: string[]): { status: number; body: unknown } => ({ status: 400, body: { problems } });

/** A handler of a body of a form. */
function taking<T>(form: z.ZodType<T>, work: (parts: ControlParts, value: T) => { status: number; body?: unknown }): Handler {
  return (parts, body) => {
    const value = form.safeParse(body);
    return value.success ? work(parts, value.data) : bad(...z.prettifyError(value.error).split('\n'));
  };
}

const shownTables = ['Customer', 'Batch', 'ARDoc', 'ARTran', 'ARAdjust', 'GLTran'] as const;

const routes: Readonly<Record<string, Handler>> = {
  'GET /_control/state': ({ store }) => ok(Object.fromEntries(shownTables.map((name) => [name, store.rows(name)]))),
  'GET /_control/ledger': ({ store }) =>
    ok({ entries: entries(store), trialBalance: trialBalance(store), brokenRules: brokenRules(store) }),
  'GET /_control/periods': ({ store }) => ok(periodsOf(store)),
  'PUT /_control/periods': taking(periodChange, ({ store }, change) => {
    const problem = setPeriods(store, change);
    return problem ? bad(problem) : ok(periodsOf(store));
  }),
  'PUT /_control/batches': taking(statusChange, ({ store }, change) => {
    const problem = setBatch(store, change);
    return problem ? bad(problem) : ok();
  }),
  'PUT /_control/clock': taking(clockChange, ({ clock }, { offsetMs }) => {
    clock.set(offsetMs);
    return ok();
  }),
  'PUT /_control/credentials': taking(credentialsChange, ({ exchange }, change) => {
    exchange(change);
    return ok();
  }),
  'POST /_control/reset': ({ reset }) => {
    reset();
    return ok();
  },
  'GET /_control/faults': ({ faults }) => ok(faults.show()),
  'PUT /_control/faults': taking(faultPlan, ({ faults }, plan) => {
    faults.set(plan);
    return ok(faults.show());
  }),
  'GET /_control/calls': ({ calls }) => ok(calls.show()),
};

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** The control surface: state, ledger, periods, batches, clock, reset, faults, calls. Not part of SL. */
export function control(parts: ControlParts, request: IncomingMessage, response: ServerResponse, path: string, text: string): void {
  const handler = routes[`${request.method} ${path}`];
  const { status, body } = handler
    ? handler(parts, parsed(text))
    : { status: 404, body: { problems: [`${request.method} ${path} is not one of ${Object.keys(routes).join(', ')}`] } };
  if (body === undefined) response.writeHead(status).end();
  else response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}
