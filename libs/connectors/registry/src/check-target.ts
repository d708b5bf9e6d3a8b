import { cannotBeKnown, finding } from '@tributary/connector-kit';
import type { ErpConnector, ErpFinding, ErpNeeds } from '@tributary/connector-kit';
import { certificateFindings } from './certificate-findings.js';
import { signInFindings } from './sign-in-findings.js';
import { connectorFor, placeVariablesOf } from './target-registry.js';

/** Longest time that a check may take, ms. */
const checkWithinMs = 60_000;

/** How a target is checked. */
export interface CheckOptions {
  /** ms since the epoch. */
  readonly now?: () => number;
  /** Aborted when nobody waits for the findings any more. */
  readonly signal?: AbortSignal;
  /** The connector of a process that has one already: its login and its session are used. */
  readonly connector?: ErpConnector;
}

/**
 * Everything that a target lacks before anything is posted to it: configuration, certificates, and what its connector finds. Stores nothing, shows
 * no secret, and never throws: what cannot be checked is a finding, too.
 * @param kind its value of ERP_KIND. @param env the environment as the target sees it.
 */
export async function checkTarget(
  kind: string,
  env: NodeJS.ProcessEnv,
  needs: ErpNeeds,
  { now = Date.now, signal, connector: given }: CheckOptions = {},
): Promise<readonly ErpFinding[]> {
  let connector: ErpConnector;
  try {
    connector = given ?? connectorFor(kind, env);
  } catch (error) {
    return [finding('check.configuration-wrong', 'login', `${messageOf(error)}.`)];
  }
  const { addressVariable = '', takesTokens } = placeVariablesOf(kind);
  const address = env[addressVariable];
  const signIn = takesTokens ? signInFindings(env, now()) : [];
  if (signIn.some(({ level }) => level === 'missing')) return signIn; // without a token nothing is answered
  const certificates = address === undefined ? [] : await certificateFindings(address, env, now());
  // A server that is not trusted is not called, so every further question would have the same answer.
  if (certificates.some(({ level }) => level === 'missing')) return certificates;
  const limit = AbortSignal.timeout(checkWithinMs);
  return [...signIn, ...certificates, ...(await ofConnector(connector, needs, signal ? AbortSignal.any([signal, limit]) : limit))];
}

async function ofConnector(connector: ErpConnector, needs: ErpNeeds, signal: AbortSignal): Promise<readonly ErpFinding[]> {
  if (!connector.check)
    return [
      cannotBeKnown(
        'service',
        'The target',
        `the connector ${connector.name} has no check of its own`,
        'Try one document in a test company.',
      ),
    ];
  try {
    return await connector.check(needs, signal);
  } catch (error) {
    return [finding('check.unfinished', 'service', `the check did not come to its end: ${messageOf(error)}.`)];
  }
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error))
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '');
}
