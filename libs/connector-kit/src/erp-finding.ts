/** What a finding is about. */
export type ErpFindingSubject = 'login' | 'right' | 'service' | 'custom-field' | 'record' | 'version' | 'clock' | 'zone' | 'certificate';

/** One result of checking a target before anything is posted to it. Never shows a secret. */
export interface ErpFinding {
  /** `missing`: postings would fail; `warning`: could not be checked, or worth a look; `ok`: as it should be. */
  readonly level: 'ok' | 'warning' | 'missing';
  readonly about: ErpFindingSubject;
  /** What was found, in one sentence. */
  readonly text: string;
  /** How to get what is missing; empty for `ok`. */
  readonly fix: string;
}

/** What the assets need of a target beside the connector's own needs. */
export interface ErpNeeds {
  /** Kind of document -> names of fields that mappings fill and a site has to add. */
  readonly customFields?: ReadonlyMap<string, ReadonlySet<string>>;
}
