import type { IdentityAuthority } from './emit/identity-authority.js';

/**
 * While there is nobody: makes the code valid with which the first person is added, and says where. A code of the configuration is not
 * shown: whoever gave it knows it.
 */
export async function tellSetUpCode(
  { setUpCodes }: Pick<IdentityAuthority, 'setUpCodes'>,
  given: string | undefined,
  consoleUrl: string,
  log: { warn(text: string): void },
): Promise<void> {
  const code = await setUpCodes.make(given);
  if (code === undefined) return;
  const which = given === undefined ? `the set-up code ${code}` : 'the code of SET_UP_CODE';
  log.warn(`Nobody can sign in yet. Open ${consoleUrl.replace(/\/+$/, '')}/set-up and add the first person with ${which}`);
}
