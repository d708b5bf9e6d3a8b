import { BlockList, isIP } from 'node:net';

/** Networks that are not the public internet. Source: IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890). */
const specialIpv4 = [
  ['0.0.0.0', 8], // this network
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // shared by carriers
  ['127.0.0.0', 8], // loopback
  ['169.254.0.0', 16], // link-local, cloud metadata
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // protocol assignments
  ['192.0.2.0', 24], // documentation
  ['192.168.0.0', 16], // private
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 3], // multicast, reserved, broadcast
] as const;
const specialIpv6 = [
  ['::', 127], // unspecified, loopback
  ['64:ff9b:1::', 48], // NAT64 for local use
  ['100::', 64], // discard
  ['2001:db8::', 32], // documentation
  ['fc00::', 7], // unique local
  ['fe80::', 10], // link-local
  ['fec0::', 10], // site-local, deprecated
  ['ff00::', 8], // multicast
] as const;

const internal = new BlockList();
for (const [network, bits] of specialIpv6) internal.addSubnet(network, bits, 'ipv6');
for (const [network, bits] of specialIpv4) {
  internal.addSubnet(network, bits, 'ipv4'); // also matches IPv4-mapped IPv6 addresses (::ffff:10.0.0.1)
  // IPv6 addresses that carry an IPv4 address reach that address through a gateway.
  internal.addSubnet(`64:ff9b::${network}`, 96 + bits, 'ipv6'); // NAT64, RFC 6052
  internal.addSubnet(`2002:${hextets(network)}::`, 16 + bits, 'ipv6'); // 6to4, RFC 3056
  internal.addSubnet(`::${network}`, 96 + bits, 'ipv6'); // IPv4-compatible, deprecated
}

/** Where nothing of ours ever is, whatever the configuration names. */
const never = new BlockList();
for (const [network, bits, family] of [
  ['0.0.0.0', 8, 'ipv4'], // this network
  ['169.254.0.0', 16, 'ipv4'], // link-local, metadata of clouds
  ['192.0.0.0', 24, 'ipv4'], // protocol assignments; metadata of Oracle (192.0.0.192)
  ['192.0.2.0', 24, 'ipv4'], // documentation
  ['198.18.0.0', 15, 'ipv4'], // benchmarks
  ['198.51.100.0', 24, 'ipv4'], // documentation
  ['203.0.113.0', 24, 'ipv4'], // documentation
  ['224.0.0.0', 3, 'ipv4'], // multicast, reserved, broadcast
  ['100.100.100.200', 32, 'ipv4'], // metadata of Alibaba
  ['168.63.129.16', 32, 'ipv4'], // the host of Azure, a public address by its number
  ['::', 128, 'ipv6'], // unspecified
  ['64:ff9b::', 96, 'ipv6'], // NAT64, RFC 6052
  ['64:ff9b:1::', 48, 'ipv6'], // NAT64 for local use, RFC 8215
  ['2001::', 32, 'ipv6'], // Teredo, RFC 4380
  ['2002::', 16, 'ipv6'], // 6to4, RFC 3056
  ['100::', 64, 'ipv6'], // discard
  ['2001:db8::', 32, 'ipv6'], // documentation
  ['fe80::', 10, 'ipv6'], // link-local
  ['fec0::', 10, 'ipv6'], // site-local, deprecated
  ['ff00::', 8, 'ipv6'], // multicast
  ['fd00:ec2::254', 128, 'ipv6'], // metadata of Amazon
  ['fd20:ce::254', 128, 'ipv6'], // metadata of Google
] as const)
  never.addSubnet(network, bits, family);
/** IPv4-compatible addresses (deprecated) except loopback, which has the same form. */
const compatible = new BlockList();
compatible.addSubnet('::', 96, 'ipv6');

/**
 * Whether nothing of ours is ever at an address: link-local, metadata services of clouds, multicast, reserved, documentation, and IPv6
 * addresses that carry an IPv4 address to somewhere else (mapped, NAT64, 6to4, Teredo). A text that is no address counts as such.
 */
export function isForbiddenAddress(address: string): boolean {
  const text = withoutBrackets(address);
  const family = isIP(text);
  if (family === 0) return true;
  if (family === 4) return never.check(text, 'ipv4');
  // A zone (fe80::1%eth0) belongs to link-local addresses only.
  if (address.includes('%') || isMapped(text)) return true;
  return never.check(text, 'ipv6') || (compatible.check(text, 'ipv6') && !loopback.check(text, 'ipv6'));
}

const loopback = new BlockList();
loopback.addAddress('::1', 'ipv6');
/** A BlockList also compares the IPv4 address inside of a mapped one, so its form is asked for. */
const isMapped = (text: string): boolean => /^::ffff:/.test(new URL(`http://[${text}]`).hostname.slice(1));
/** A host of a URL as an address: without brackets and zone. */
const withoutBrackets = (host: string): string => host.replace(/^\[|\]$/g, '').replace(/%.*$/, '');

/**
 * Whether an address is outside of the public internet: loopback, private, link-local, multicast, reserved, also when an IPv6 address
 * carries such an IPv4 address. A text that is no address counts as internal, so that nothing is allowed by mistake.
 */
export function isInternalAddress(address: string): boolean {
  const text = address.replace(/%.*$/, ''); // zone of a link-local address, fe80::1%eth0
  const family = isIP(text);
  return family === 0 || internal.check(text, family === 6 ? 'ipv6' : 'ipv4');
}

/** An IPv4 address as two groups of an IPv6 address: 10.0.0.0 -> 0a00:0000. */
function hextets(ipv4: string): string {
  const hex = ipv4.split('.').map((byte) => Number(byte).toString(16).padStart(2, '0'));
  return `${hex[0]}${hex[1]}:${hex[2]}${hex[3]}`;
}
