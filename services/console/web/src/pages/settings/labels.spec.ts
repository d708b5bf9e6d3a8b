import { roleNames } from '@tributary/console/testing';
import { roleLabels } from './labels.js';

it('offers every role that there is, and no other', () => {
  expect(Object.keys(roleLabels)).toEqual(roleNames);
});
