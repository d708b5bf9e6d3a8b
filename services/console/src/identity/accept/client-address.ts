import { BlockList, isIP } from 'node:net';
import type { IncomingMessage } from 'node:http';

/** Finds the address of a client behind proxies. */
export type ClientAddress = (request: IncomingMessage) => string;

/**
 * @param proxies addresses and networks (`10.0.0.0/8`) of proxies that tell the truth in `X-Forwarded-For`. What anybody else says there is
 *   not believed, or a client could choose a new address for each attempt.
 * @throws {Error} naming what is no address.
 */
export function clientAddressBehind(proxies: readonly string[]): ClientAddress {
  const trusted = new BlockList();
  for (const proxy of proxies) addTo(trusted, proxy);
  return ({ socket, headers }) => {
    let address = plain(socket.remoteAddress ?? '');
    const forwarded = String(headers['x-forwarded-for'] ?? '')
      .split(',')
      .map((part) => plain(part.trim()))
      .filter((part) => part !== '');
    while (isTrusted(trusted, address) && forwarded.length > 0) {
      const before = forwarded.pop() ?? '';
      if (isIP(before) === 0) break;
      address = before;
    }
    return address;
  };
}

function addTo(list: BlockList, proxy: string): void {
  const [address = '', bits] = proxy.split('/', 2);
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(address) === 0) throw new Error(`"${proxy}" is no address and no network`);
  if (bits === undefined) list.addAddress(address, family);
  else list.addSubnet(address, Number(bits), family);
}

function isTrusted(list: BlockList, address: string): boolean {
  return isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** An IPv4 address that is written as one of IPv6, as IPv4. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
