import { keyFile, publicKeysFile } from './key-files.js';
import type { Issuer } from './key-files.js';

/** Key files of each service, by the variable that names the file. */
const keysOf: Readonly<Record<string, Readonly<Record<string, Issuer>>>> = {
  ingest: {},
  transform: { SERVICE_KEY_FILE: 'transform' },
  'erp-sink': { SERVICE_KEY_FILE: 'erp-sink' },
  recon: { SERVICE_KEY_FILE: 'recon' },
  console: { SERVICE_KEY_FILE: 'console-service', IDENTITY_KEY_FILE: 'console' },
};

/** How a service on this machine is told who is who. */
export interface ServiceIdentityOptions {
  /** Folder of the key files. */
  readonly folder: string;
  /** Address of the console, which knows the tokens that were withdrawn; undefined where none runs. */
  readonly consoleUrl?: string;
}

/**
 * Variables by which a service knows who asks it, and says who it is: files, never the keys themselves. A second sink has the keys of the
 * first. Nothing for what is no service.
 */
export function serviceIdentity(service: string, { folder, consoleUrl }: ServiceIdentityOptions): Readonly<Record<string, string>> {
  const name = Object.keys(keysOf).find((known) => service === known || service.startsWith(`${known}-`));
  const keys = name === undefined ? undefined : keysOf[name];
  if (!keys) return {};
  const files = Object.entries(keys).map(([variable, issuer]) => [variable, keyFile(folder, issuer)] as const);
  const asks = consoleUrl !== undefined && name !== 'console' && files.length > 0;
  return {
    IDENTITY_JWKS_FILE: publicKeysFile(folder),
    ...Object.fromEntries(files),
    ...(asks ? { IDENTITY_REVOCATIONS_URL: `${consoleUrl}/identity/revocations` } : {}),
  };
}
