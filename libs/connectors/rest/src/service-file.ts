import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const endpoint = z.string().regex(/^(GET|POST|PUT|PATCH) \/\S+$/, 'expected a method and a path, for example POST /api/customers');
const field = z.strictObject({
  to: z.string().min(1),
  type: z.enum(['text', 'decimal', 'datetime', 'date', 'boolean']).default('text'),
  length: z.number().int().positive().default(255),
});
const kind = z.strictObject({
  key: z.string(),
  reference: z.array(z.string()).min(1),
  create: endpoint,
  update: endpoint.optional(),
  find: endpoint.optional(),
  amount: z.string().optional(),
  currency: z.string().optional(),
  inactive: z.string().optional(),
  lines: z.record(z.string(), z.strictObject({ to: z.string(), key: z.string() })).default({}),
  fields: z.record(z.string(), field),
});
const meaning = z.enum(['rejected', 'unauthorised', 'conflict', 'throttled', 'unavailable']);

const service = z.strictObject({
  service: z.string().min(1),
  auth: z.strictObject({ header: z.string(), scheme: z.string().default('') }),
  probe: endpoint,
  paging: z.strictObject({ page: z.string(), size: z.string(), rows: z.number().int().positive() }),
  answers: z.strictObject({
    rows: z.string(),
    text: z.string(),
    code: z.string(),
    field: z.string(),
    failed: z.record(z.string(), z.string()).default({}),
  }),
  statuses: z.record(z.string().regex(/^[345]\d\d$/), meaning),
  retryAfterMs: z.number().int().positive().default(30_000),
  kinds: z.record(z.string(), kind),
});

/** What a service file says: its endpoints, the names of its fields, and what its answers mean. */
export type RestService = z.infer<typeof service>;
/** What it says about one kind of document. */
export type RestKind = RestService['kinds'][string];

/** The service file that is shipped: Prophet 21 as its product page documents it. */
export const shippedService = new URL('../services/prophet21-documented.yaml', import.meta.url);

/** Reads a service file. @throws {Error} naming the file and everything that is wrong in it. */
export function readService(file: string | URL): RestService {
  const read = service.safeParse(parse(readFileSync(file, 'utf8'), { merge: true }));
  if (read.success) return read.data;
  throw new Error(`${String(file)}: ${read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`);
}
