import { isIP } from 'node:net';

/** Whether an address that a server listens on is reached from this machine only. A name other than localhost may be anything. */
export function isLoopback(host: string): boolean {
  const address = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return address === 'localhost' || address === '::1' || (isIP(address) === 4 && address.startsWith('127.'));
}
