import { Semaphore } from './semaphore.js';

it('lets in as many as there is room for, and then who waits longest', () => {
  const semaphore = new Semaphore(2);
  const called: string[] = [];
  const waiter = (name: string) => (): void => {
    called.push(name);
    if (name !== 'gone') semaphore.tryAcquire(() => undefined);
  };
  expect([
    semaphore.tryAcquire(waiter('x')),
    semaphore.tryAcquire(waiter('x')),
    semaphore.tryAcquire(waiter('gone')),
    semaphore.tryAcquire(waiter('b')),
    semaphore.tryAcquire(waiter('c')),
  ]).toEqual([true, true, false, false, false]);
  semaphore.release();
  expect(called).toEqual(['gone', 'b']); // who does not want it any more leaves it to the next
  semaphore.release();
  expect(called).toEqual(['gone', 'b', 'c']);
});
