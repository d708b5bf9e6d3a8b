import { findingCodes } from './finding-codes.js';
import type { FindingCode } from './finding-codes.js';
import type { FindingLevel, FindingSubject } from './finding-text.js';

/** What a finding is about. */
export type ErpFindingSubject = FindingSubject;

/** One result of checking a target before anything is posted to it. Never shows a secret. */
export interface ErpFinding {
  readonly code: FindingCode;
  readonly level: FindingLevel;
  readonly about: ErpFindingSubject;
  /** What was found, in one sentence. */
  readonly text: string;
  /** How to get what is missing; empty for `ok`. */
  readonly fix: string;
}

/** What the assets need of a target beside the connector's own needs. Without assets (at the start of erp-sink) nothing of it is known. */
export interface ErpNeeds {
  /** Kind of document -> names of fields that mappings fill and a site has to add. */
  readonly customFields?: ReadonlyMap<string, ReadonlySet<string>>;
  /** Bank account -> where the profile names it. */
  readonly bankAccounts?: ReadonlyMap<string, string>;
  /** Payment method -> where the profile names it. */
  readonly paymentMethods?: ReadonlyMap<string, string>;
  /** Account of the chart, as one text -> where the profile names it. */
  readonly accounts?: ReadonlyMap<string, string>;
  /** IANA time zone of the profile's posting dates. */
  readonly timeZone?: string;
}

/** A finding of a code; its level, and what to do where nothing else is said, are those of the code. */
export function finding(code: FindingCode, about: ErpFindingSubject, text: string, fix: string = findingCodes[code].action): ErpFinding {
  return { code, level: findingCodes[code].level, about, text, fix };
}

/** Something that is as it should be. */
export const passed = (about: ErpFindingSubject, text: string): ErpFinding => finding('check.passed', about, text);

/** Something that the target gives no way to know. @param what without "cannot be checked". @param why without a full stop. */
export const cannotBeKnown = (about: ErpFindingSubject, what: string, why: string, fix?: string): ErpFinding =>
  finding('check.cannot-be-known', about, `${what} cannot be checked: ${why}.`, fix);

/** That no ERP here tells the zone of its calendar days, for a profile that has one. */
export function zoneFinding({ timeZone }: ErpNeeds, why: string): ErpFinding {
  const profile = timeZone === undefined ? '' : ` The posting profile says ${timeZone}.`;
  return cannotBeKnown('zone', 'The time zone of the ledger', why, `Compare it with timeZone of the posting profile by hand.${profile}`);
}

/** The day of now in a zone, `YYYY-MM-DD`. @param now ms since the epoch. @param timeZone IANA; default UTC. */
export function dayIn(now: number, timeZone = 'UTC'): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);
}

/** Whether a fiscal period is open for today. @param today `YYYY-MM-DD`. @param company in whose books. */
export function periodFinding(
  today: string,
  periods: readonly { readonly from: string; readonly to: string; readonly open: boolean }[],
  company: string,
): ErpFinding {
  if (periods.length === 0)
    return finding(
      'check.record-missing',
      'record',
      `The company ${company} has no fiscal periods.`,
      'Check the company, or add periods in the ERP.',
    );
  if (periods.some(({ from, to, open }) => open && from <= today && today <= to))
    return passed('record', `The company ${company} has an open period for ${today}.`);
  return finding('check.period-closed', 'record', `The company ${company} has no open period for ${today}.`);
}

/**
 * One finding for each account of the profile that the chart lacks, or one that all are there.
 * @param wanted account -> where the profile names it. @param known accounts of the chart.
 */
export function accountFindings(wanted: ReadonlyMap<string, string>, known: ReadonlySet<string>): ErpFinding[] {
  const lacking = [...wanted].filter(([account]) => !known.has(account));
  if (lacking.length === 0)
    return wanted.size === 0 ? [] : [passed('record', `All ${wanted.size} accounts of the profile are in the chart.`)];
  return lacking.map(([account, place]) =>
    finding(
      'check.account-unknown',
      'record',
      `There is no account ${account} (${place}).`,
      `Add it to the chart, or change ${place} in the profile.`,
    ),
  );
}
