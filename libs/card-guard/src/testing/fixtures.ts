import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const fixtureFolder = join(import.meta.dirname, '../../../../proof/fixtures/stripe');

/** A recorded body of Stripe. */
export interface Fixture {
  readonly file: string;
  readonly bytes: Buffer;
  readonly json: Readonly<Record<string, unknown>>;
}

/** Every JSON body below these folders of proof/fixtures/stripe. */
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
  return fixturesOf('events', 'recorded').filter(
    ({ bytes }) => (JSON.parse(bytes.toString('utf8')) as { object: string }).object === 'event',
  );
}
