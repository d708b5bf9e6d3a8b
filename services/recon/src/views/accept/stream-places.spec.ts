import fc from 'fast-check';
import { clientOf, StreamPlaces } from './stream-places.js';

it('never gives a client more places than it may have, and takes nobody else any', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ client: fc.constantFrom('a', 'b'), opens: fc.boolean(), closes: fc.nat() })), (steps) => {
      const places = new StreamPlaces(3);
      const open: Record<string, (() => void)[]> = { a: [], b: [] };
      for (const { client, opens, closes } of steps) {
        const own = open[client] as (() => void)[];
        if (opens) {
          const close = places.take(client);
          expect(close === undefined).toBe(own.length === 3);
          if (close) own.push(close);
        } else if (own.length > 0) {
          const [close] = own.splice(closes % own.length, 1);
          close?.();
          close?.(); // a connection may end twice
        }
      }
    }),
  );
});

it('counts a person wherever they are, and others by their address', () => {
  const at = (subject: string, address: string): string => clientOf({ subject, name: '', grants: [] }, address);
  expect(at('person:1', '10.0.0.1')).toBe(at('person:1', '10.0.0.2'));
  expect(at('person:1', '10.0.0.1')).not.toBe(at('person:2', '10.0.0.1'));
  expect(at('local', '127.0.0.1')).not.toBe(at('local', '127.0.0.2'));
  expect(at('service:console', '10.0.0.1')).not.toBe(at('service:console', '10.0.0.2'));
});
