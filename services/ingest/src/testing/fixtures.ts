import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Bodies and signature vectors (proof/fixtures/stripe/SOURCES.md). */
export const fixtureFolder = join(import.meta.dirname, '../../../../proof/fixtures/stripe');

export interface Fixture {
  readonly file: string;
  readonly bytes: Buffer;
  readonly json: Record<string, unknown> & { id: string; object: string };
}

/** Every JSON body below these folders of the fixtures. */
export function fixturesOf(...folders: string[]): Fixture[] {
  return folders.flatMap((folder) =>
    readdirSync(join(fixtureFolder, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => {
        const bytes = readFileSync(join(fixtureFolder, folder, name));
        return { file: `${folder}/${name}`, bytes, json: JSON.parse(bytes.toString('utf8')) as Fixture['json'] };
      }),
  );
}

/** Every fixture that is an Event. */
export function eventFixtures(): Fixture[] {
  return fixturesOf('events', 'recorded').filter(({ json }) => json.object === 'event');
}

/** `Stripe-Signature` for a body, one v1 per secret. */
export function signed(body: Buffer, timestampS: number, ...secrets: string[]): string {
  const signatures = secrets.map((secret) => `v1=${createHmac('sha256', secret).update(`${timestampS}.`).update(body).digest('hex')}`);
  return [`t=${timestampS}`, ...signatures].join(',');
}
