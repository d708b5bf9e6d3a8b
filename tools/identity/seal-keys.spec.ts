import { sealingServices } from '@tributary/contracts';
import { sealing } from '@tributary/local-stack';

it('makes a key for every service that seals what it writes', () => {
  expect([...sealing].sort()).toEqual([...sealingServices].sort());
});
