import { ApiProblem } from './problem.js';
import type { Random } from './random.js';

/** A fault of the API, set through `PUT /_control/faults`. Bodies and headers: docs/reference/stripe.md, section 6. */
export interface FaultRule {
  readonly match?: { readonly method?: string; readonly path?: string; readonly probability?: number; readonly times?: number };
  readonly action: 'rate-limit' | 'lock-timeout' | 'server-error-after' | 'down';
}

export class Faults {
  private rules: (FaultRule & { used: number })[] = [];

  constructor(private readonly random: Random) {}

  set(rules: readonly FaultRule[]): void {
    this.rules = rules.map((rule) => ({ ...rule, used: 0 }));
  }

  /** The fault that this call meets, if any. */
  meet(method: string, path: string): FaultRule['action'] | undefined {
    for (const rule of this.rules) {
      const { match = {} } = rule;
      if (match.method !== undefined && match.method !== method) continue;
      if (match.path !== undefined && !path.startsWith(match.path)) continue;
      if (match.times !== undefined && rule.used >= match.times) continue;
      if (match.probability !== undefined && this.random() >= match.probability) continue;
      rule.used += 1;
      return rule.action;
    }
    return undefined;
  }
}

export function faultProblem(action: FaultRule['action']): ApiProblem {
  switch (action) {
    case 'rate-limit':
      return new ApiProblem(
        429,
        { type: 'invalid_request_error', code: 'rate_limit', message: 'Request rate limit exceeded.' },
        { 'stripe-rate-limited-reason': 'global-rate' },
      );
    case 'lock-timeout':
      return new ApiProblem(429, {
        type: 'invalid_request_error',
        code: 'lock_timeout',
        message: 'This object cannot be accessed right now because another API request or Stripe process is currently accessing it.',
      });
    case 'server-error-after':
      return new ApiProblem(500, { type: 'api_error', message: 'An unknown error occurred.' });
    case 'down':
      return new ApiProblem(503, { type: 'api_error', message: 'Service unavailable.' });
  }
}
