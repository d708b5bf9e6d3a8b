import type { TargetOptions } from '@tributary/connector-kit';
import { createEgressFetch } from '../egress.js';
import { erpConnectionOf } from './erp-connection.config.js';
import { guardAnswers } from './guarded-answers.js';
import { observeExchanges } from './observed-exchanges.js';
import { refusePlainHttp } from './plain-http.js';

/**
 * A `fetch` for the calls of one ERP, which usually stands in the own network, over the connection that the environment describes.
 * Its answers hold no card number.
 * @param allow base URLs that may be called.
 * @param timeoutMs longest time for connect, headers and body each.
 * @param hooks asked and told about every request.
 * @throws {ConfigurationError} for a connection that cannot be used, and for plain HTTP in production; {Error} naming a file whose certificates cannot be.
 */
export function erpFetch(
  env: NodeJS.ProcessEnv,
  allow: readonly string[],
  timeoutMs: number,
  { permit, observe }: Pick<TargetOptions, 'permit' | 'observe'> = {},
): typeof fetch {
  refusePlainHttp(env, allow);
  const send = guardAnswers(
    createEgressFetch({ allow, allowInternal: true, timeoutMs, connection: erpConnectionOf(env), ...(permit ? { permit } : {}) }),
  );
  return observe ? observeExchanges(send, observe) : send;
}
