import { createEgressFetch } from '../egress.js';
import type { EgressOptions } from '../egress.js';
import { erpConnectionOf } from './erp-connection.config.js';
import { guardAnswers } from './guarded-answers.js';
import { refusePlainHttp } from './plain-http.js';

/**
 * A `fetch` for the calls of one ERP, which usually stands in the own network, over the connection that the environment describes.
 * Its answers hold no card number.
 * @param allow base URLs that may be called.
 * @param timeoutMs longest time for connect, headers and body each.
 * @throws {ConfigurationError} for a connection that cannot be used, and for plain HTTP in production; {Error} naming a file whose certificates cannot be.
 */
export function erpFetch(
  env: NodeJS.ProcessEnv,
  allow: readonly string[],
  timeoutMs: number,
  permit: EgressOptions['permit'],
): typeof fetch {
  refusePlainHttp(env, allow);
  return guardAnswers(
    createEgressFetch({ allow, allowInternal: true, timeoutMs, connection: erpConnectionOf(env), ...(permit ? { permit } : {}) }),
  );
}
