import type { Answer } from '../answers.js';
import { ok, P21Error } from '../answers.js';
import type { Call, Handler, Route } from '../call.js';
import { objectOf } from '../call.js';
import { asyncStatus, enqueue } from './async.js';
import { reversePayment } from './commands.js';
import type { ServiceDefinition } from './definition.js';
import { defaultsOf, definitionOf } from './definition.js';
import { runTransactions } from './engine.js';
import { commandsOnly, serviceNamed, serviceNames } from './services/index.js';

/** An unknown name is an empty 500 at the discovery endpoints: section 14 [verified]. */
const emptyError: Answer = { status: 500 };

function discovery(show: (service: ServiceDefinition) => object): Handler {
  return (call) => {
    const service = serviceNamed(call.args[1] ?? '', call.config);
    return service ? ok(show(service), 'Definition') : emptyError;
  };
}

function nameIn(body: unknown): string {
  const { Name } = (body ?? {}) as { Name?: unknown };
  return typeof Name === 'string' ? Name : '';
}

/** Some services are reached by `commands` only, the plain endpoint refuses them: section 4 [verified]; the texts are assumed. */
function transaction(call: Call): Answer {
  const name = nameIn(objectOf(call.body));
  if (commandsOnly.includes(name)) throw new P21Error('business', `Service ${name} has to be called by the commands endpoint.`);
  const service = serviceNamed(name, call.config);
  if (!service) throw new P21Error('business', `Service ${name} does not exist.`);
  return runTransactions(service, call);
}

function command(call: Call): Answer {
  if (nameIn(objectOf(call.body)) === 'ReverseARPayment') return reversePayment(call);
  throw new P21Error('business', `Command ${nameIn(call.body)} does not exist.`);
}

/** The Transaction API below the UI server: docs/reference/prophet21.md section 4. That `services` answers names only is assumed. */
export const transactionRoutes: readonly Route[] = (
  [
    ['GET', 'services', () => 'services', (call: Call) => ok(serviceNames(call.config), 'Services'), false],
    ['GET', 'definition/([^/]+)', () => 'definition', discovery(definitionOf), false],
    ['GET', 'defaults/([^/]+)', () => 'defaults', discovery(defaultsOf), false],
    ['GET', 'basics/([^/]+)', () => 'basics', discovery(defaultsOf), false],
    ['POST', 'transaction', (_args: readonly string[], body: unknown) => nameIn(body), transaction, true],
    ['POST', 'transaction/async', (_args: readonly string[], body: unknown) => nameIn(body), enqueue, false],
    ['GET', 'transaction/async', () => 'async', asyncStatus, false],
    ['POST', 'commands', (_args: readonly string[], body: unknown) => nameIn(body), command, true],
  ] as const
).map(([method, tail, operation, handler, inSession]) => ({
  method,
  path: new RegExp(`^/(uiserver\\d+)/api/v2/${tail}/?$`),
  service: 'transaction',
  operation,
  inSession,
  handler: (call) => {
    // The number of the UI server varies, so it is never hard-coded: section 2.
    if (call.args[0] !== call.config.uiServer) throw new P21Error('notFound', `There is no ${call.args[0] ?? ''}.`);
    return handler(call);
  },
}));
