import { clientCredentials } from '@tributary/connector-kit';
import { erpOauthOf, optionalSecret } from '@tributary/platform';

/**
 * How the check says who calls: with a token where an issuer is named, else with user and password.
 * @param sink variables of erp-sink.
 * @returns the value of the header `authorization`. @throws {Error} saying why there is no token and what to do.
 */
export async function kineticLogin(sink: Readonly<Record<string, string>>): Promise<string> {
  const oauth = erpOauthOf(sink);
  if (oauth) return `Bearer ${(await clientCredentials(oauth)()).text}`;
  const password = optionalSecret(sink, 'KINETIC_PASSWORD')?.() ?? '';
  return `Basic ${Buffer.from(`${sink.KINETIC_USER ?? ''}:${password}`).toString('base64')}`;
}
