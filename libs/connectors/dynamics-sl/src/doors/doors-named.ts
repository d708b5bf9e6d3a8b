import type { DoorName } from './door.js';
import { services } from './door.js';

const isDoor = (text: string): text is DoorName => text === 'rest' || text === 'soap';

/**
 * The doors that a configuration names: `rest`, or `rest,paymentApplication=soap`. The first form is for all services without one of their own.
 * @throws {RangeError} naming the part that cannot be read.
 */
export function doorsNamed(text: string): ReadonlyMap<string, DoorName> {
  const doors = new Map<string, DoorName>();
  for (const part of text.split(',').map((one) => one.trim())) {
    if (part === '') continue;
    const [left = '', right] = part.split('=');
    const [service, door] = right === undefined ? ['*', left] : [left, right];
    if (!isDoor(door)) throw new RangeError(`expected rest or soap; got "${part}"`);
    if (service !== '*' && !services.some((known) => known === service))
      throw new RangeError(`expected one of ${services.join(', ')} before "="; got "${service}"`);
    doors.set(service, door);
  }
  return doors;
}
