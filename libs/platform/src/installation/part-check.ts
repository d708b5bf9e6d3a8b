import type { Check } from './checks.js';
import { connectionFinding, silentFinding } from './installation-finding.js';
import type { InstallationPart } from './installation-finding.js';

/** A check of a part that is connected to; whatever it throws is a finding. @param where what is said to be connected to; no credentials. */
export function partCheck(part: InstallationPart, where: string | undefined, withinMs: number, work: Check['work']): Check {
  const place = where || 'no address is set';
  return {
    name: part,
    withinMs,
    silent: () => silentFinding(part, place, withinMs),
    failed: (error) => connectionFinding(part, place, error),
    // Also what is wrong with the variables is a finding.
    work: async () => work(),
  };
}
