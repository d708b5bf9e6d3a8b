import { Slots } from './slots.js';

it('lets in as many as there is room for, and then who waits longest', () => {
  const slots = new Slots(2);
  const called: string[] = [];
  const waiter = (name: string) => (): void => {
    called.push(name);
    if (name !== 'gone') slots.take(() => undefined);
  };
  expect([
    slots.take(waiter('x')),
    slots.take(waiter('x')),
    slots.take(waiter('gone')),
    slots.take(waiter('b')),
    slots.take(waiter('c')),
  ]).toEqual([true, true, false, false, false]);
  slots.give();
  expect(called).toEqual(['gone', 'b']); // who does not want it any more leaves it to the next
  slots.give();
  expect(called).toEqual(['gone', 'b', 'c']);
});
