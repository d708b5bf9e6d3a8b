import { recordsByTopic, schemaOf } from '@tributary/contracts';

/** A schema under the subject that it is registered for. */
export interface Subject {
  /** `<topic>-<record full name>`. */
  readonly name: string;
  /** JSON text, self-contained. */
  readonly schema: string;
}

/** The compatibility rule of every subject. */
export const compatibilityRule = 'FULL_TRANSITIVE';

/** Every subject of the language: TopicRecordNameStrategy, one per record in every topic. */
export function subjectsFor(targets: readonly string[]): Subject[] {
  return [...recordsByTopic({ targets })].flatMap(([topic, records]) =>
    records.map((record) => ({ name: `${topic}-${record}`, schema: JSON.stringify(schemaOf(record)) })),
  );
}
