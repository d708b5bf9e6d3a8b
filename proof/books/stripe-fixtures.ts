import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';
import type { GivenEvent } from './cell.js';

type Json = Record<string, unknown>;

const folder = join(workspaceRoot, 'proof/fixtures/stripe');

function read(path: string): Json {
  return JSON.parse(readFileSync(join(folder, path), 'utf8')) as Json;
}

/**
 * The body of an event that a cell is given, as ingest would put it into its topic. A changed one has an id of its own, always the same.
 * @throws {Error} when the file is no event and no row of a list is named.
 */
export function eventBody(given: GivenEvent): Uint8Array {
  if (typeof given === 'string') return new TextEncoder().encode(readFileSync(join(folder, given), 'utf8'));
  const { file, type, set, row } = given;
  const content = read(file);
  const listed = row === undefined ? undefined : (content.data as Json[])[row];
  const event = listed === undefined ? content : envelopeOf(type ?? '', listed);
  const object = { ...(event.data as { object: Json }).object };
  for (const [path, value] of Object.entries(set)) setAt(object, path.split('.'), value);
  const id = `${String(event.id)}_${type ?? ''}_${row ?? ''}`.replaceAll(/[^A-Za-z0-9_]/g, '_');
  const body = { ...event, id, ...(type === undefined ? {} : { type }), data: { object } };
  return new TextEncoder().encode(JSON.stringify(body));
}

function envelopeOf(type: string, object: Json): Json {
  const { created, api_version } = read('events/charge.succeeded.json');
  return { id: `evt_${String(object.id)}`, object: 'event', api_version, created, livemode: false, type, data: { object } };
}

function setAt(object: Json, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) object[name] = value;
  else {
    const below = { ...(object[name] as Json) };
    object[name] = below;
    setAt(below, rest, value);
  }
}

/** The Stripe account of the fixtures, as its API answers: every object of every event and list, and the lists that are read whole. */
export class FixtureAccount {
  private readonly objects = new Map<string, Json>();
  private readonly payouts = new Map<string, Json>();

  /** @param given events of the cell, whose objects are the newest. @param more objects that a cell adds. */
  constructor(given: readonly Uint8Array[], more: readonly Json[]) {
    for (const path of globSync('events/*.json', { cwd: folder }).sort()) {
      const { object } = read(path).data as { object: Json };
      this.keep(object);
      for (const transaction of (object.balance_transactions as Json[] | undefined) ?? []) this.keep(transaction);
    }
    for (const currency of ['usd', 'eur']) {
      const list = read(`lists/balance_transactions_payout_${currency}.json`);
      const payout = (list.data as Json[]).find(({ type }) => type === 'payout');
      this.payouts.set(String(payout?.source), list);
      for (const transaction of list.data as Json[]) this.keep(transaction);
    }
    this.keep(read('objects/balance_transaction.payout_failure.json'));
    for (const body of given) this.keep((JSON.parse(new TextDecoder().decode(body)) as { data: { object: Json } }).data.object);
    for (const object of more) this.keep(object);
  }

  /** The object, or the list, of that kind and id; undefined when there is none. */
  find(kind: string, id: string): Json | undefined {
    if (kind === 'payout_movements') return this.payouts.get(id);
    if (kind !== 'charge_refunds') return this.objects.get(id);
    const refunds = [...this.objects.values()].filter(({ object, charge }) => object === 'refund' && charge === id);
    return { object: 'list', data: refunds };
  }

  private keep(object: Json): void {
    if (typeof object.id === 'string') this.objects.set(object.id, object);
  }
}
