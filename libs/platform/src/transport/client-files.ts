import { ConfigurationError } from '../configuration-error.js';
import type { OutboundConnection } from '../outbound/outbound-connection.js';

/** Files of a protected connection, by the variables that name them. @throws {ConfigurationError} for a certificate without its key, or the reverse. */
export function connectionFiles(
  names: string,
  { ca, cert, key }: { readonly ca?: string | undefined; readonly cert?: string | undefined; readonly key?: string | undefined },
): OutboundConnection {
  if ((cert === undefined) !== (key === undefined))
    throw new ConfigurationError([`${names}_CLIENT_CERT_FILE and ${names}_CLIENT_KEY_FILE: set both or neither`]);
  return {
    ...(ca === undefined ? {} : { caFile: ca }),
    ...(cert === undefined || key === undefined ? {} : { client: { certFile: cert, keyFile: key } }),
  };
}
