import { found } from '@tributary/platform';
import type { InstallationFinding } from '@tributary/platform';

/** A subject as the registry has it. */
export interface SubjectFacts {
  readonly name: string;
  readonly rule: string | undefined;
  readonly has: 'yes' | 'other' | 'no-subject';
  /** The mode that counts for it, also where it is that of the whole registry; undefined where the registry has no modes. */
  readonly mode: string | undefined;
}

const missingText = {
  other: 'Other schemas are registered, and not the one of this version.',
  'no-subject': 'The schema of this version is not registered.',
};

/** Subjects of the registry. @param rule what each should have. */
export function judgeSubjects(subjects: readonly Omit<SubjectFacts, 'mode'>[], rule: string): InstallationFinding[] {
  const findings = subjects.flatMap((subject) => [
    ...(subject.has === 'yes' ? [] : [found('registry.schema-missing', subject.name, missingText[subject.has])]),
    ...(subject.has === 'no-subject' || subject.rule === rule
      ? []
      : [found('registry.rule-differs', subject.name, `Its compatibility rule is ${subject.rule ?? 'not set'}; it should be ${rule}.`)]),
  ]);
  return findings.length > 0
    ? findings
    : [found('installation.passed', 'registry', `All ${subjects.length} subjects have schema and rule.`)];
}

/** In which schemas are registered as `contracts:register` does it. */
const writable = 'READWRITE';
const readOnly: ReadonlySet<string> = new Set(['READONLY', 'READONLY_OVERRIDE']);

/**
 * Subjects that take no schema for their mode. Where all of them are in that of the registry it is said once.
 * Source: Confluent Schema Registry, `checkRegisterMode` and `GET /mode/{subject}` (docs/reference/confluent-modes.md).
 * @param global mode of the registry.
 */
export function judgeModes(subjects: readonly SubjectFacts[], global: string | undefined): InstallationFinding[] {
  const closed = subjects.flatMap(({ name, mode = writable }) => (mode === writable ? [] : [{ name, mode }]));
  if (global !== undefined && closed.length > 0 && closed.length === subjects.length && closed.every(({ mode }) => mode === global))
    return [found(codeOf(global), 'registry', `The registry is in mode ${global}: ${takes(global)}.`)];
  return closed.map(({ name, mode }) => found(codeOf(mode), name, `The registry is in mode ${mode} for subject ${name}: ${takes(mode)}.`));
}

function codeOf(mode: string): 'registry.read-only' | 'registry.other-mode' {
  return readOnly.has(mode) ? 'registry.read-only' : 'registry.other-mode';
}

function takes(mode: string): string {
  return mode === 'IMPORT' ? 'it takes schemas with an id of their own only' : 'it takes no schemas';
}
