import fc from 'fast-check';
import { isInternalAddress } from './internal-address.js';

it.each([
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '169.254.169.254', // metadata service of clouds
  '172.16.0.1',
  '172.31.255.255',
  '192.168.0.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:192.168.0.1',
  '::ffff:c0a8:1', // the same, written in hexadecimal
  '::ffff:7f00:1',
  '::127.0.0.1',
  '64:ff9b::10.0.0.1',
  '64:ff9b::a00:1',
  '64:ff9b:1::1',
  '2002:7f00:1::1',
  '2002:c0a8:1::',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
])('%s is internal', (address) => {
  expect(isInternalAddress(address)).toBe(true);
});

it.each(['8.8.8.8', '54.187.174.169', '172.15.0.1', '172.32.0.1', '2606:4700::1', '::ffff:8.8.8.8', '64:ff9b::8.8.8.8', '2002:808:808::1'])(
  '%s is public',
  (address) => {
    expect(isInternalAddress(address)).toBe(false);
  },
);

it('never takes a text that is no address for a public one', () => {
  fc.assert(fc.property(fc.stringMatching(/^[g-z][a-z0-9.-]*$/), (text) => isInternalAddress(text)));
  expect(isInternalAddress('')).toBe(true);
});

it('judges a private IPv4 address alike in every form that carries it', () => {
  const byte = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(byte, byte, byte, (b, c, d) => {
      const hex = (high: number, low: number): string => ((high << 8) | low).toString(16);
      const [first, second] = [hex(10, b), hex(c, d)];
      for (const form of [`10.${b}.${c}.${d}`, `::ffff:${first}:${second}`, `64:ff9b::${first}:${second}`, `2002:${first}:${second}::5`])
        if (!isInternalAddress(form)) return false;
      return true;
    }),
  );
});
