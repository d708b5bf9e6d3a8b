import type { NotificationMessage } from '@tributary/contracts';
import { z } from 'zod';

const time = z.iso.datetime();

/** What a webhook gets; docs/reference/notification.schema.json is made of it. */
export const messageSchema = z
  .looseObject({
    schema: z.literal('tributary.notification/1').describe('name and version of this shape; new fields may be added to it'),
    id: z.string().describe('id of the message, the same at each attempt'),
    kind: z.enum(['fired', 'reminder', 'cleared', 'test']).describe('a condition began, lasts, is over; or somebody tries the route'),
    route: z.string().describe('name of the route'),
    installation: z.string().describe('name of the installation'),
    at: time.describe('when the message was made'),
    text: z.string().describe('one sentence for people'),
    runbook: z.string().nullable().describe('what to do: an address, or a path in the documentation'),
    link: z.string().nullable().describe('page of the console'),
    notification: z
      .looseObject({
        id: z.string().describe('the same in all messages about one time that the condition held'),
        condition: z.string().describe('code, as docs/how-to/notifications.md lists them'),
        about: z.string().nullable().describe('what it is about among others of its condition'),
        target: z.string().nullable(),
        severity: z.enum(['critical', 'warning']),
        count: z.number().int().describe('the figure; seconds for payment-not-posted'),
        since: time.describe('since when it holds'),
        firedAt: time.describe('when it was told of first'),
        clearedAt: time.nullable().describe('when it was over'),
      })
      .nullable()
      .describe('null in a test'),
  })
  .describe('Message of Tributary about a condition') satisfies z.ZodType<NotificationMessage>;
