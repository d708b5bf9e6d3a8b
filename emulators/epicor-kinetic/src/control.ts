import type { IncomingMessage, ServerResponse } from 'node:http';
import { credentialsChange } from '@tributary/emulator-kit';
import type { Calls, CredentialsChange } from '@tributary/emulator-kit';
import { z } from 'zod';
import type { Faults } from './faults.js';
import { faultPlan } from './faults.js';
import { send } from './gateway.js';
import { brokenRules, entries, trialBalance } from './ledger/books.js';
import { periodChange, periodsOf, setPeriods } from './control-periods.js';
import { stateOf } from './control-state.js';
import type { Store } from './store.js';

/** The parts that the control interface shows and changes. */
export interface ControlParts {
  readonly store: Store;
  readonly faults: Faults;
  readonly calls: Calls;
  readonly company: string;
  exchange(change: CredentialsChange): void;
  reset(): void;
}

type Handler = (parts: ControlParts, response: ServerResponse, body: string) => void;

const routes: Readonly<Record<string, Handler>> = {
  'GET /_control/state': ({ store }, response) => {
    send(response, 200, stateOf(store));
  },
  'GET /_control/ledger': ({ store }, response) => {
    const rows = store.rows('GLJrnDtl');
    send(response, 200, { entries: entries(rows), trialBalance: trialBalance(rows), brokenRules: brokenRules(store) });
  },
  'GET /_control/periods': ({ store }, response) => {
    send(response, 200, periodsOf(store));
  },
  'PUT /_control/periods': ({ store, company }, response, body) => {
    const wanted = periodChange.safeParse(parsed(body));
    if (!wanted.success) return void send(response, 400, { problems: z.prettifyError(wanted.error).split('\n') });
    const problem = setPeriods(store, company, wanted.data);
    send(response, problem ? 400 : 200, problem ? { problems: [problem] } : periodsOf(store));
  },
  'PUT /_control/credentials': ({ exchange }, response, body) => {
    const change = credentialsChange.safeParse(parsed(body));
    if (!change.success) return void send(response, 400, { problems: z.prettifyError(change.error).split('\n') });
    exchange(change.data);
    send(response, 204, undefined);
  },
  'POST /_control/reset': ({ reset }, response) => {
    reset();
    send(response, 204, undefined);
  },
  'GET /_control/faults': ({ faults }, response) => void send(response, 200, faults.show()),
  'PUT /_control/faults': ({ faults }, response, body) => {
    const plan = faultPlan.safeParse(parsed(body));
    if (!plan.success) return void send(response, 400, { problems: z.prettifyError(plan.error).split('\n') });
    faults.set(plan.data);
    send(response, 200, faults.show());
  },
  'GET /_control/calls': ({ calls }, response) => void send(response, 200, calls.show()),
};

/** The control surface: state, reset, faults, calls. Not part of Kinetic. */
export function control(parts: ControlParts, request: IncomingMessage, response: ServerResponse, path: string, body: string): void {
  const handler = routes[`${request.method} ${path}`];
  if (handler) handler(parts, response, body);
  else send(response, 404, { problems: [`${request.method} ${path} is not one of ${Object.keys(routes).join(', ')}`] });
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
