import { ask, found, ok } from './finding.js';
import type { Answer, Fetch, TargetFinding } from './finding.js';

/** Address and credentials of a Stripe account. */
export interface StripeAccess {
  readonly url: string;
  readonly apiKey: string;
  readonly apiVersion: string;
}

/** What the assets need of the Stripe account. */
export interface StripeNeeds {
  /** Mode of the profile that books: live or test; undefined: both. */
  readonly livemode: boolean | undefined;
  /** Whether the assets write ids back to customers and charges. */
  readonly writesBack: boolean;
}

const keyPage = 'Developers > API keys > Restricted keys in the Stripe dashboard';
const reads = [
  { path: 'customers?limit=1', permission: 'Customers: Read' },
  { path: 'balance_transactions?limit=1', permission: 'Balance transactions: Read' },
  { path: 'charges?limit=1', permission: 'Charges: Read' },
];
/**
 * A change of an object that does not exist: with the permission it is answered 404, without it 403 (assumed: permissions are checked first).
 * Nothing is changed either way.
 */
const writes = [
  { path: 'customers/cus_tributary_permission_check', permission: 'Customers: Write' },
  { path: 'charges/ch_tributary_permission_check', permission: 'Charges: Write' },
];

/** Form and mode of the key, API version, and the permissions for what is read and written. Changes nothing. */
export async function checkStripe(access: StripeAccess, needs: StripeNeeds, fetch: Fetch): Promise<TargetFinding[]> {
  const key = checkKey(access.apiKey, needs.livemode);
  const answer = await call(access, 'GET', 'customers?limit=1', fetch);
  if ('unreachable' in answer)
    return [
      ...key,
      found(
        'check.unreachable',
        'Stripe',
        `${access.url} does not answer (${answer.unreachable}).`,
        'Check STRIPE_API_URL and the network.',
      ),
    ];
  if (answer.status === 401)
    return [
      ...key,
      found(
        'check.login-refused',
        'Stripe',
        `the API key is refused (401: ${messageOf(answer)}).`,
        `Set STRIPE_API_KEY to a current key: ${keyPage}.`,
      ),
    ];
  if (answer.status === 400)
    return [
      ...key,
      found(
        'check.configuration-wrong',
        'Stripe',
        `the request is refused (400: ${messageOf(answer)}).`,
        `Check STRIPE_API_VERSION (${access.apiVersion}).`,
      ),
    ];
  const findings: TargetFinding[] = [...key];
  for (const { path, permission } of reads) findings.push(permissionFinding(await call(access, 'GET', path, fetch), permission, [200]));
  for (const { path, permission } of needs.writesBack ? writes : [])
    findings.push(permissionFinding(await call(access, 'POST', path, fetch), permission, [404, 200]));
  return findings;
}

function checkKey(apiKey: string, livemode: boolean | undefined): TargetFinding[] {
  const match = /^(sk|rk)_(test|live)_/.exec(apiKey);
  if (!match)
    return [
      found(
        'check.key-unusual',
        'Stripe',
        'the API key begins neither with rk_ nor with sk_.',
        `Expected a restricted key, e.g. rk_test_...: ${keyPage}.`,
      ),
    ];
  const [, kind, mode] = match;
  const live = mode === 'live';
  if (livemode !== undefined && live !== livemode)
    return [
      found(
        'check.mode-wrong',
        'Stripe',
        `the API key is a ${mode} key, and the posting profile books ${livemode ? 'live' : 'test'} payments only.`,
        `Set STRIPE_API_KEY to a ${livemode ? 'live' : 'test'} key, or livemode in the profile.`,
      ),
    ];
  if (kind === 'sk' && live)
    return [
      found('check.key-unusual', 'Stripe', 'the API key is a secret key: it may do everything.', `Use a restricted key: ${keyPage}.`),
    ];
  return [ok('Stripe', `the API key is a ${mode} key${livemode === undefined ? '' : ', as the posting profile wants'}.`)];
}

function permissionFinding(answer: Answer, permission: string, allowed: readonly number[]): TargetFinding {
  if ('unreachable' in answer)
    return found('check.not-checked', 'Stripe', `${permission} could not be checked (${answer.unreachable}).`, 'Run the check again.');
  if (allowed.includes(answer.status)) return ok('Stripe', `the key has the permission ${permission}.`);
  if (answer.status === 401 || answer.status === 403)
    return found('check.right-missing', 'Stripe', `the key lacks the permission ${permission} (${answer.status}).`, `Add it: ${keyPage}.`);
  return found(
    'check.not-checked',
    'Stripe',
    `${permission} could not be checked (${answer.status}: ${messageOf(answer)}).`,
    'Run the check again.',
  );
}

function call(access: StripeAccess, method: 'GET' | 'POST', path: string, fetch: Fetch): Promise<Answer> {
  return ask(fetch, `${access.url.replace(/\/+$/, '')}/v1/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${access.apiKey}`,
      'stripe-version': access.apiVersion,
      ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    },
    ...(method === 'POST' ? { body: 'description=' } : {}),
  });
}

/** Stripe's own sentence. It may repeat the key, shortened; nothing that looks like one is printed. */
function messageOf(answer: Answer): string {
  const message = 'body' in answer ? (answer.body as { error?: { message?: unknown } } | null)?.error?.message : undefined;
  return (typeof message === 'string' ? message : 'no text').replace(/\b(?:sk|rk)_(?:test|live)_[\w*]+/g, '[key]');
}
