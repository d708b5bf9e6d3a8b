import { PipelineError } from '@tributary/domain';
import { localIdentity, may } from '@tributary/identity';
import type { Identity, Permission } from '@tributary/identity';
import { ConfigurationError, optionalSecret, serviceIdentityOf } from '@tributary/platform';
import type { BearerAuthenticator } from '@tributary/platform';
import type { RebuildConfig } from './rebuild.config.js';

/** A rebuild of a ledger that nobody else approved, or that whoever runs it may not run. Nothing was changed. */
export class RebuildRefusedError extends PipelineError {
  readonly code = 'rebuild.needs-second-person';
  readonly disposition = 'reject';
}

/** Who runs a rebuild, and who approved it; nobody, where no identity is configured or no second person is asked for. */
export interface RebuildPersons {
  readonly runBy: Identity;
  readonly approvedBy: Identity | undefined;
}

/** Looks who runs and who approved, as it is now. @throws {RebuildRefusedError} */
export type LookForPersons = () => Promise<RebuildPersons>;

/** How old an approval may be, s: it is about the ledger as it is, and not about any later day. */
const approvalForS = 86_400;

const runs: Permission = 'rebuilds.run';
const approves: Permission = 'rebuilds.approve';
const how = 'docs/runbooks/approvals.md';

/**
 * Two persons for the rebuild of a ledger. Each makes a token of their own at the console; the one of the approver is good for nothing else, so that it
 * can be handed over. They are looked at when the rebuild begins, and again before the ledger is replaced.
 * @throws {ConfigurationError} when production would let one person alone, or a token cannot be read.
 */
export async function personsOf(config: RebuildConfig, target: string, now = (): Date => new Date()): Promise<LookForPersons> {
  const isProduction = config.TRIBUTARY_ENVIRONMENT === 'prod';
  if (config.REBUILD_APPROVAL === 'none') {
    if (isProduction) throw new ConfigurationError(['REBUILD_APPROVAL is none: in production a second person approves a rebuild']);
    return nobody;
  }
  const { bearer, revocations } = await serviceIdentityOf(config);
  if (!bearer) {
    if (isProduction) throw new ConfigurationError(['IDENTITY_JWKS or IDENTITY_JWKS_FILE: in production a rebuild asks who runs it']);
    return nobody;
  }
  const tokens = { run: optionalSecret(config, 'REBUILD_TOKEN'), approval: optionalSecret(config, 'REBUILD_APPROVAL_TOKEN') };
  return async () => {
    let silent = false;
    const missed = (): void => void (silent = true);
    await revocations?.refresh({ warn: missed, info: () => undefined });
    if (silent)
      throw refused(
        target,
        'the console does not say which tokens are withdrawn (IDENTITY_REVOCATIONS_URL); without it leave that variable empty',
      );
    const runBy = await holderOf(bearer, tokens.run?.(), 'REBUILD_TOKEN', runs, target);
    const approvedBy = await holderOf(bearer, tokens.approval?.(), 'REBUILD_APPROVAL_TOKEN', approves, target);
    const problem = problemOfApproval(runBy, approvedBy, now());
    if (problem !== undefined) throw refused(target, problem);
    return { runBy, approvedBy };
  };
}

const nobody: LookForPersons = () => Promise.resolve({ runBy: localIdentity, approvedBy: undefined });

/** Why an approval does not count; undefined when it does. */
export function problemOfApproval(runBy: Identity, approvedBy: Identity, now: Date): string | undefined {
  if (runBy.subject === approvedBy.subject)
    return `${runBy.name} approved it: somebody else has to, with another token of yours it is still you`;
  if (approvedBy.scope?.length !== 1 || approvedBy.scope[0] !== approves)
    return `the token of ${approvedBy.name} may do more than approve: it is handed over, so make one with --scope ${approves}`;
  if (now.getTime() / 1_000 - (approvedBy.issuedAt ?? 0) > approvalForS) return `${approvedBy.name} approved it more than a day ago`;
  return undefined;
}

/** The person of a token who may do this for the target. @throws {RebuildRefusedError} */
async function holderOf(
  bearer: BearerAuthenticator,
  token: string | undefined,
  variable: string,
  permission: Permission,
  target: string,
): Promise<Identity> {
  const make = `npm run -s tributary -- tokens make "rebuild of ${target}" --scope ${permission} --days 1`;
  if (token === undefined) throw refused(target, `set ${variable} or ${variable}_FILE to a token of the person: ${make}`);
  const identity = await bearer.authenticate({ headers: { authorization: `Bearer ${token}` } }).catch((error: unknown) => {
    throw refused(target, `${variable}: ${(error as Error).message}`);
  });
  if (!identity.subject.startsWith('person:')) throw refused(target, `${variable} is the token of ${identity.name}, which is no person`);
  if (!may(identity, permission, target)) throw refused(target, `${variable}: ${identity.name} may not do ${permission} for ${target}`);
  return identity;
}

function refused(target: string, why: string): RebuildRefusedError {
  return new RebuildRefusedError(
    `rebuilding the ledger of ${target}: two persons are needed, one who runs it and one who approves it (${how}). ${why}.`,
    {
      target,
    },
  );
}
