/** How much a finding matters: `missing`, postings would fail; `warning`, worth a look; `unknown`, the target gives no way to know; `ok`. */
export type FindingLevel = 'ok' | 'warning' | 'missing' | 'unknown';

/** What a finding is about. */
export type FindingSubject = 'login' | 'right' | 'service' | 'custom-field' | 'record' | 'version' | 'clock' | 'zone' | 'certificate';

/** What a code stands for; the sentence of a finding adds which name, which address, which day. */
export interface FindingText {
  readonly level: FindingLevel;
  readonly meaning: string;
  /** What to do; empty where nothing is to be done. */
  readonly action: string;
}
