import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';

const folder = join(workspaceRoot, 'proof/fixtures/stripe');
const account = 'acct_1IuHosQveW0ONQsd';

/** The endpoints of the walk, as ingest is configured: test mode, live mode, and one for a connected account. */
export const endpoints = [
  {
    name: 'default',
    secrets: ['whsec_walk_default_current', 'whsec_walk_default_previous'],
    livemode: false,
    account: null,
    apiVersion: '2026-08-26.dahlia',
  },
  { name: 'live', secrets: ['whsec_walk_live'], livemode: true, account: null, apiVersion: '2026-08-26.dahlia' },
  { name: 'connect', secrets: ['whsec_walk_connect'], livemode: false, account, apiVersion: '2026-08-26.dahlia' },
] as const;

/** One recorded body, and the endpoint it is delivered to. */
export interface Body {
  /** Path below the fixtures. */
  readonly file: string;
  readonly endpoint: (typeof endpoints)[number];
  readonly eventId: string;
  readonly bytes: Buffer;
}

interface EventShape {
  id: string;
  object?: string;
  livemode?: boolean;
  account?: string;
}

function files(under: string): string[] {
  return readdirSync(join(folder, under), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => `${under}/${name}`)
    .sort();
}

function endpointFor(event: EventShape): (typeof endpoints)[number] {
  if (event.account) return endpoints[2];
  return event.livemode ? endpoints[1] : endpoints[0];
}

/**
 * Every body of `events` and `recorded` that is an Event, in the order of its path. Many recordings share one event id
 * (SOURCES.md), so each recording gets its own: the bytes are as recorded but for that id.
 */
export function eventBodies(): Body[] {
  return [...files('events'), ...files('recorded')].flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const event = JSON.parse(text) as EventShape;
    if (event.object !== 'event') return [];
    const eventId = file.startsWith('recorded/')
      ? `evt_walk_${file.replace(/^recorded\/|\.json$/g, '').replace(/[^A-Za-z0-9]/g, '_')}`
      : event.id;
    return [{ file, endpoint: endpointFor(event), eventId, bytes: Buffer.from(text.replace(`"${event.id}"`, `"${eventId}"`)) }];
  });
}

/** Payments of one day, each a charge of its own, by at most ten customers: clones of one composed body, 294.29 USD each. @param prefix in their ids. */
export function paymentsOf(bodies: readonly Body[], prefix: string, count: number): Body[] {
  const model = bodies.find(({ file }) => file === 'events/charge.succeeded.json') as Body;
  const text = model.bytes.toString('utf8');
  return Array.from({ length: count }, (_, index) => {
    const eventId = `evt_${prefix}_${index}`;
    const cloned = text
      .replaceAll(model.eventId, eventId)
      .replaceAll('ch_3TomAsaFxA9Kd7NwT0VhK14jZ', `ch_${prefix}_${index}`)
      .replaceAll('pi_3TomAsaFxA9Kd7NwT04ivCdO9', `pi_${prefix}_${index}`)
      .replaceAll('cus_upquNHnKxoIQFO', `cus_${prefix}_${index % 10}`)
      .replaceAll('ap@acme-fabrication.example', `ap${index % 10}@${prefix}.example`);
    return { file: `${prefix}/${index}`, endpoint: model.endpoint, eventId, bytes: Buffer.from(cloned) };
  });
}

/** Recordings of bare objects: no Event, so ingest must refuse them. */
export function objectBodies(): Body[] {
  return files('recorded').flatMap((file) => {
    const bytes = readFileSync(join(folder, file));
    const object = JSON.parse(bytes.toString('utf8')) as EventShape;
    return object.object === 'event' ? [] : [{ file, endpoint: endpoints[0], eventId: object.id, bytes }];
  });
}

/** `Stripe-Signature` of a delivery now. */
export function signature(body: Buffer, secret: string, timestampS = Math.floor(Date.now() / 1000)): string {
  return `t=${timestampS},v1=${createHmac('sha256', secret).update(`${timestampS}.`).update(body).digest('hex')}`;
}

/** A permutation that a seed repeats (mulberry32). */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = seed >>> 0;
  const random = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const result = [...items];
  for (let index = result.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    [result[index], result[other]] = [result[other] as T, result[index] as T];
  }
  return result;
}
