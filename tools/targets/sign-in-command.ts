import type { Understood } from '#commands/command-line.mjs';
import { deviceSignIn, TokenSilentError } from '@tributary/connector-kit';
import { erpOauthOf } from '@tributary/platform';
import { environmentOf } from '@tributary/target-registry';
import type { Environment } from '../stack/settings.js';
import { stackVariables } from './sink-variables.js';

type Run = Pick<Extract<Understood, { kind: 'run' }>, 'values'>;
const exitCodes = { done: 0, refused: 1, wrong: 2, silent: 3 } as const;

/**
 * `tributary targets sign-in`: shows the address and the code of the issuer, waits until a person has entered it, and keeps the sign-in where erp-sink
 * and recon use it. @returns the exit code.
 */
export async function signInAtTarget(
  { values }: Run,
  env: Environment,
  { out, error: fail }: { out(line: string): void; error(line: string): void },
  signal: AbortSignal = new AbortController().signal,
): Promise<number> {
  const target = values.target?.at(-1) as string | undefined;
  if (target === undefined) {
    fail('Say which ledger: --target kinetic-main');
    return exitCodes.wrong;
  }
  try {
    const oauth = erpOauthOf({ ...environmentOf(target, stackVariables(env).of('erp-sink')), ERP_TARGET: target });
    if (!oauth?.refresh) {
      fail(
        `${target}: set ERP_OAUTH_ISSUER or ERP_OAUTH_TOKEN_URL, ERP_OAUTH_CLIENT_ID and ERP_OAUTH_REFRESH_TOKEN_FILE first (docs/how-to/sign-in-at-an-erp.md).`,
      );
      return exitCodes.refused;
    }
    const signIn = await deviceSignIn(
      oauth,
      ({ address, code, whole, expiresIn }) => {
        out(`Open ${address} on any device and enter the code ${code} within ${Math.ceil(expiresIn / 60)} minutes.`);
        if (whole !== undefined) out(`Or open ${whole}`);
      },
      signal,
    );
    await oauth.refresh.replace(signIn);
    out(`Signed in. The sign-in is kept in ${oauth.refresh.path}; erp-sink and recon use it from their next call on.`);
    return exitCodes.done;
  } catch (error) {
    fail(`${target}: ${(error as Error).message}`);
    return error instanceof TokenSilentError ? exitCodes.silent : exitCodes.refused;
  }
}
