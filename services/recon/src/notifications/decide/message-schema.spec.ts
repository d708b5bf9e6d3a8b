import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { conditions } from './conditions.js';
import { messageOf, testMessage } from './message.js';
import { messageSchema } from './message-schema.js';

const links = { installation: 'shop', console: undefined, runbooks: undefined };

it('is what docs/reference/notification.schema.json says', () => {
  const path = join(import.meta.dirname, '../../../../../docs/reference/notification.schema.json');
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(z.toJSONSchema(messageSchema));
});

it('fits every message that is made', () => {
  const notification = { id: 'ntf_1', about: 'x', target: null, count: 1, since: 0, firedAt: 0 };
  for (const condition of conditions)
    for (const kind of ['fired', 'reminder', 'cleared'] as const)
      expect(messageSchema.parse(messageOf({ id: 'm', kind, route: 'duty', now: 0, notification, condition }, links)).kind).toBe(kind);
  expect(messageSchema.parse(testMessage('m', 'duty', 0, links)).notification).toBeNull();
});
