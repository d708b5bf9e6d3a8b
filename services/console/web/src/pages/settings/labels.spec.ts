import { roles } from '@tributary/identity';
import { roleLabels } from './labels.js';

it('offers every role that there is, and no other', () => {
  expect(Object.keys(roleLabels)).toEqual(Object.keys(roles));
});
