import { findingCodes } from '@tributary/connector-kit';
import type { FindingCode, FindingLevel } from '@tributary/connector-kit';
import { connectionFault, connectionProblem } from '../transport/connection-problem.js';
import { installationCodes } from './installation-codes.js';
import type { InstallationCode } from './installation-codes.js';

/** One result. */
export interface InstallationFinding {
  /** Of docs/installation-findings.md; what is found at Stripe has the codes of docs/target-findings.md. */
  readonly code: InstallationCode | FindingCode;
  readonly level: FindingLevel;
  /** Service, topic, group, schema or subject. */
  readonly about: string;
  /** What is wrong, in one sentence. */
  readonly text: string;
  /** What to do; links are relative to docs/. */
  readonly action: string;
  /** Where the code is explained, from the root of the repository. */
  readonly page: string;
}

/** A finding of a code. */
export function found(code: InstallationCode, about: string, text: string): InstallationFinding {
  const { level, action } = installationCodes[code];
  return { code, level, about, text, action, page: `docs/installation-findings.md#${anchorOf(code)}` };
}

/** A finding of a check of a target, which has codes of its own. */
export function foundAtTarget(code: FindingCode, about: string, text: string, fix: string): InstallationFinding {
  return { code, level: findingCodes[code].level, about, text, action: fix, page: 'docs/target-findings.md' };
}

/** The anchor of a heading that is a code, as GitHub makes it. */
export function anchorOf(code: string): string {
  return code.replaceAll('.', '');
}

/** Parts that are connected to, and how findings name them. */
export type InstallationPart = 'kafka' | 'registry' | 'postgresql';

const codesOf = {
  kafka: { silent: 'brokers.silent', credentials: 'brokers.password-refused', rights: 'brokers.right-missing' },
  registry: { silent: 'registry.silent', credentials: 'registry.password-refused', rights: 'registry.password-refused' },
  postgresql: { silent: 'database.silent', credentials: 'database.password-refused', rights: 'database.right-missing' },
} as const satisfies Readonly<Record<InstallationPart, Readonly<Record<'silent' | 'credentials' | 'rights', InstallationCode>>>>;

/** Why a part could not be examined. @param where its address, without credentials. */
export function connectionFinding(part: InstallationPart, where: string, error: unknown): InstallationFinding {
  const problem = connectionProblem(error).replace(/[.\s]+$/, '');
  const text = `${where}: it was not asked to the end: ${problem}.`;
  switch (connectionFault(error)) {
    case 'credentials':
      return found(codesOf[part].credentials, part, text);
    case 'rights':
      return found(codesOf[part].rights, part, text);
    case 'trust':
    case 'certificate end':
      return found('certificate.refused', part, text);
    default:
      return found(codesOf[part].silent, part, text);
  }
}

/** A part did not answer within the time of its check. @param withinMs that time. */
export function silentFinding(part: InstallationPart, where: string, withinMs: number): InstallationFinding {
  return found(codesOf[part].silent, part, `${where}: no answer within ${withinMs / 1_000} s.`);
}
