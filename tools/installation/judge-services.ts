import { clockFindings, found } from '@tributary/platform';
import type { ClockHere, InstallationFinding } from '@tributary/platform';

/** What a service answered. */
export interface ServiceAnswer {
  readonly name: string;
  readonly url: string;
  /** Undefined: no answer, and `problem` says why. */
  readonly status: number | undefined;
  readonly problem: string | undefined;
  /** Names of what is missing, as `/ready` says them, with what it says. */
  readonly missing: readonly string[];
  /** Its clock less ours, ms; undefined where it told none. */
  readonly clockOffMs: number | undefined;
  /** Release and commit of what runs there; undefined where it does not tell. */
  readonly release: string | undefined;
  /** When its certificate ends, ms since 1970; undefined: no TLS. A text: why the certificate is refused. */
  readonly certificateEnds: number | string | undefined;
}

const certificateWarnsMs = 14 * 24 * 3_600_000;

/** What is wrong with a service; one finding that it passed when nothing is. */
export function judgeService(
  { name, url, status, problem, missing, clockOffMs, certificateEnds }: ServiceAnswer,
  here: ClockHere,
): InstallationFinding[] {
  if (typeof certificateEnds === 'string')
    return [found('certificate.refused', name, `The certificate of ${url} is refused: ${certificateEnds}.`)];
  if (status === undefined) return [found('service.silent', name, `${url} does not answer: ${problem ?? 'no reason is known'}.`)];
  const days = certificateEnds === undefined ? undefined : Math.floor((certificateEnds - here.now()) / 86_400_000);
  const findings = [
    ...(status === 200 ? [] : [found('service.not-ready', name, `It is not ready: ${missing.join('; ') || `HTTP ${status}`}.`)]),
    ...clockFindings(name, clockOffMs, here, 'service.clock-off'),
    ...(certificateEnds === undefined || certificateEnds - here.now() > certificateWarnsMs
      ? []
      : [found('certificate.ends', name, `Its certificate ends in ${days} days, at ${new Date(certificateEnds).toISOString()}.`)]),
  ];
  return findings.length > 0 ? findings : [found('installation.passed', name, 'It is ready, and its clock is right.')];
}

/** Whether the services are of one release. What does not tell its release is not compared. */
export function judgeReleases(answers: readonly Pick<ServiceAnswer, 'name' | 'release'>[]): InstallationFinding[] {
  const byRelease = new Map<string, string[]>();
  for (const { name, release } of answers) if (release !== undefined) byRelease.set(release, [...(byRelease.get(release) ?? []), name]);
  if (byRelease.size < 2) return [];
  const parts = [...byRelease].map(([release, names]) => `${release} (${names.join(', ')})`);
  return [found('service.versions-differ', 'services', `Different releases answer: ${parts.join('; ')}.`)];
}
