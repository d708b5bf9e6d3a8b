/** One thing that an examination of the installation found. */
export interface InstallationFindingView {
  /** Of docs/installation-findings.md: `topic.missing`, `registry.read-only`. */
  readonly code: string;
  readonly level: 'ok' | 'warning' | 'missing' | 'unknown';
  /** Topic, group, subject, schema or part. */
  readonly about: string;
  /** What is wrong, in one sentence. */
  readonly text: string;
  /** What to do, with links in Markdown that are relative to docs/. */
  readonly action: string;
  /** Where the code is explained, from the root of the repository. */
  readonly page: string;
}

/** An examination that has ended. */
export interface InstallationExaminationResult {
  readonly startedAt: string;
  readonly endedAt: string;
  /** Name of who asked for it. */
  readonly startedBy: string;
  /** What is missing first; no more than 200 are kept. */
  readonly findings: readonly InstallationFindingView[];
  /** Findings that are not kept. */
  readonly leftOut: number;
}

/** Answer of `GET /installation/examination`. One examination runs at a time. */
export interface InstallationExaminationView {
  /** Null: none runs. */
  readonly running: { readonly startedAt: string; readonly startedBy: string } | null;
  /** The last one that ended; null: there was none. */
  readonly last: InstallationExaminationResult | null;
  /** Why the last one could not be kept, as a sentence; null: it could, or it still runs. */
  readonly problem: string | null;
}
