import { z } from 'zod';

const secret = z.string().min(1).optional();

/** What an administrator exchanges in an emulated ERP, by `PUT /_control/credentials`. */
export const credentialsChange = z.strictObject({
  password: secret,
  apiKey: secret,
  consumerKey: secret,
  siteKey: secret,
  licenceKey: secret,
});

/** The credentials that change; the others stay. */
export type CredentialsChange = z.infer<typeof credentialsChange>;

/** Exchanges credentials in the configuration of an emulator, whose logins are compared with it at every call. */
export function exchangeCredentials(config: object, change: CredentialsChange): void {
  for (const [name, value] of Object.entries(change))
    if (value !== undefined && name in config) Object.defineProperty(config, name, { value, enumerable: true, configurable: true });
}
