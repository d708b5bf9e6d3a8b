import fc from 'fast-check';
import { isForbiddenAddress, isInternalAddress } from './internal-address.js';

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

describe('never called', () => {
  it.each([
    '0.0.0.0',
    '169.254.169.254', // metadata of most clouds
    '169.254.170.2', // metadata of containers on Amazon
    '192.0.0.192', // metadata of Oracle
    '100.100.100.200', // metadata of Alibaba
    '168.63.129.16', // the host of Azure
    'fd00:ec2::254',
    'fd20:ce::254',
    '[fd00:ec2::254]',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::ffff:8.8.8.8',
    '0:0:0:0:0:ffff:808:808',
    '::ffff:10.0.0.1',
    '::127.0.0.1',
    '64:ff9b::8.8.8.8',
    '64:ff9b:1::1',
    '2001:0:4136:e378:8000:63bf:3fff:fdd2', // Teredo
    '2002:808:808::1',
    'fe80::1',
    'fe80::1%eth0',
    '::1%1',
    'ff02::1',
    'erp.example.test',
    '',
  ])('%s', (address) => expect(isForbiddenAddress(address)).toBe(true));

  it.each(['8.8.8.8', '10.1.2.3', '127.0.0.1', '172.16.0.1', '192.168.0.1', '100.64.0.1', '::1', '[::1]', 'fd12:3456::1', '2606:4700::1'])(
    'but %s may be, if it is named',
    (address) => expect(isForbiddenAddress(address)).toBe(false),
  );

  it('judges a forbidden IPv4 address alike in each spelling that a URL takes', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    const forms: readonly ((c: number, d: number) => string)[] = [
      (c, d) => `169.254.${c}.${d}`,
      (c, d) => String(((169 << 24) >>> 0) + (254 << 16) + (c << 8) + d), // decimal
      (c, d) => `0x${(((169 << 24) >>> 0) + (254 << 16) + (c << 8) + d).toString(16)}`, // hexadecimal
      (c, d) => `0251.0376.0${c.toString(8)}.0${d.toString(8)}`, // octal
      (c, d) => `169.254.${(c << 8) + d}`, // three parts
      (c, d) => `169.${(254 << 16) + (c << 8) + d}`, // two parts
      (c, d) => `\uff11\uff16\uff19.254.${c}.${d}`, // full-width digits
      (c, d) => `169.254.${c}.${d}.`, // with the dot of the root
    ];
    fc.assert(
      fc.property(byte, byte, fc.constantFrom(...forms), (c, d, form) => {
        expect(isForbiddenAddress(new URL(`http://${form(c, d)}/`).hostname)).toBe(true);
      }),
    );
  });

  it('judges an address alike in each spelling of IPv6', () => {
    const group = fc.integer({ min: 0, max: 0xffff });
    fc.assert(
      fc.property(fc.array(group, { minLength: 7, maxLength: 7 }), (groups) => {
        const hex = ['fe80', ...groups.map((one) => one.toString(16))];
        for (const text of [hex.join(':'), hex.map((one) => one.padStart(4, '0').toUpperCase()).join(':'), `${hex.join(':')}%eth0`])
          expect(isForbiddenAddress(text)).toBe(true);
      }),
    );
  });
});
