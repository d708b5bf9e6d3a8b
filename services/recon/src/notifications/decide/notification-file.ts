import { z } from 'zod';
import { conditions } from './conditions.js';
import type { Condition } from './conditions.js';

const name = z.string().regex(/^[a-z][a-z0-9-]{0,49}$/, 'small letters, digits and hyphens, like duty');
const severities = z
  .array(z.enum(['critical', 'warning']))
  .min(1)
  .default(['critical', 'warning']);
const file = z.string().min(1);
const address = z.email('a mail address');
const minutes = z.number().positive().max(100_000);
const base = z.url({ protocol: /^https?$/, error: 'an address that begins with https://' }).transform((url) => url.replace(/\/+$/, ''));

const webhook = z
  .strictObject({
    name,
    kind: z.literal('webhook'),
    severities,
    url: z.url({ protocol: /^https?$/, error: 'an address that begins with https://' }).optional(),
    urlFile: file.optional(),
    secretFile: file,
    /** Whether the name may resolve to a private address: a receiver in the same network. */
    allowInternal: z.boolean().default(false),
    caFile: file.optional(),
  })
  .refine((route) => (route.url === undefined) !== (route.urlFile === undefined), {
    path: ['url'],
    error: 'give url, or urlFile where the address is a secret itself',
  });

const loopback = /^(localhost|127(\.\d{1,3}){3}|::1)$/;
const mail = z
  .strictObject({
    name,
    kind: z.literal('mail'),
    severities,
    from: address,
    to: z.array(address).min(1).max(20),
    host: z.string().min(1).max(253),
    port: z.number().int().min(1).max(65_535),
    /** `implicit`: TLS from the first byte (465). `starttls`: required before anything is sent (587). `none`: this machine only. */
    tls: z.enum(['implicit', 'starttls', 'none']).default('starttls'),
    user: z.string().min(1).optional(),
    passwordFile: file.optional(),
    caFile: file.optional(),
  })
  .refine((route) => route.tls !== 'none' || loopback.test(route.host), { path: ['tls'], error: 'none is for a server on this machine' })
  .refine((route) => (route.user === undefined) === (route.passwordFile === undefined), {
    path: ['passwordFile'],
    error: 'user and passwordFile go together',
  });

const change = z.strictObject({
  off: z.boolean().optional(),
  severity: z.enum(['critical', 'warning']).optional(),
  threshold: z.number().min(0).optional(),
  forMinutes: z.number().min(0).max(100_000).optional(),
});

/** What RECON_NOTIFICATIONS_FILE says. docs/how-to/notifications.md. */
export const notificationFile = z.strictObject({
  installation: z.string().min(1).max(60).default('tributary'),
  console: base.optional(),
  runbooks: base.optional(),
  remindAfterMinutes: z.strictObject({ critical: minutes.default(240), warning: minutes.default(1_440) }).prefault({}),
  routes: z
    .array(z.discriminatedUnion('kind', [webhook, mail]))
    .max(20)
    .refine((routes) => new Set(routes.map((route) => route.name)).size === routes.length, 'two routes have the same name'),
  conditions: z.partialRecord(z.enum(conditions.map(({ code }) => code) as [string, ...string[]]), change).default({}),
});

/** Parsed configuration of notifications. */
export type NotificationFile = z.infer<typeof notificationFile>;
/** One route of it. */
export type RouteOfFile = NotificationFile['routes'][number];
/** A route of one kind. */
export type WebhookOfFile = Extract<RouteOfFile, { kind: 'webhook' }>;
/** A route of the other kind. */
export type MailOfFile = Extract<RouteOfFile, { kind: 'mail' }>;

/** The conditions as an installation has changed them, without those that it turned off. */
export function conditionsOf({ conditions: changes }: Pick<NotificationFile, 'conditions'>): Condition[] {
  return conditions.flatMap((condition) => {
    const { off, severity, threshold, forMinutes } = changes[condition.code] ?? {};
    if (off === true) return [];
    return [
      {
        ...condition,
        severity: severity ?? condition.severity,
        threshold: threshold ?? condition.threshold,
        forMs: forMinutes === undefined ? condition.forMs : forMinutes * 60_000,
      },
    ];
  });
}
