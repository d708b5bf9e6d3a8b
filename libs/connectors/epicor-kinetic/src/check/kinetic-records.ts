import { accountFindings, cannotBeKnown, dayIn, finding, passed, periodFinding } from '@tributary/connector-kit';
import type { ErpFinding, ErpNeeds } from '@tributary/connector-kit';
import type { KineticClient } from '../kinetic-client.js';
import { odataText } from '../kinetic-dataset.js';
import type { KineticConfig } from '../kinetic.config.js';
import { KineticRefusedError, KineticSilentError } from '../kinetic-errors.js';
import { textOf } from '../kinetic-json.js';
import { readPeriods } from '../kinetic-periods.js';

/** Records that a profile names: where they are listed, and by which column. */
interface Records {
  readonly service: string;
  readonly set: string;
  readonly column: string;
  readonly what: string;
  readonly literal: (id: string) => string;
}
/** Assumed by the naming of the other services; an installation that answers 404 gives a warning. */
const bankAccounts: Records = {
  service: 'Erp.BO.BankAcctSvc',
  set: 'BankAccts',
  column: 'BankAcctID',
  what: 'bank account',
  literal: odataText,
};
const paymentMethods: Records = {
  service: 'Erp.BO.PayMethodSvc',
  set: 'PayMethods',
  column: 'PMUID',
  what: 'payment method',
  literal: (id) => id,
};
/** Source: docs/reference/epicor-kinetic.md section 6.7 (SNO:Erp_BO_GLAccountSvc.tsx). */
const accounts = { service: 'Erp.BO.GLAccountSvc', set: 'GLAccounts', column: 'GLAccount' } as const;
/** Accounts that are asked for at once: the filter has to fit into an address. */
const accountsAtOnce = 20;

type Access = { readonly client: KineticClient; readonly config: KineticConfig };

/** Whether a question was answered with a refusal or not at all; errors of our own code are thrown on. */
export function unanswered(error: unknown): string {
  if (error instanceof KineticRefusedError || error instanceof KineticSilentError) return error.message;
  throw error;
}

/** Bank accounts, payment methods and accounts of the profile, and the period of today. */
export async function recordFindings(access: Access, needs: ErpNeeds, now: number, signal: AbortSignal): Promise<ErpFinding[]> {
  return [
    ...(await namedRecords(access, bankAccounts, needs.bankAccounts ?? new Map<string, string>(), signal)),
    ...(await namedRecords(access, paymentMethods, needs.paymentMethods ?? new Map<string, string>(), signal)),
    ...(await chartFindings(access, needs.accounts ?? new Map<string, string>(), signal)),
    await openPeriod(access, dayIn(now, needs.timeZone), signal),
  ];
}

async function namedRecords(
  { client }: Access,
  { service, set, column, what, literal }: Records,
  wanted: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<ErpFinding[]> {
  const findings: ErpFinding[] = [];
  for (const [id, place] of wanted) {
    try {
      const rows = await client.rows(service, set, { filter: `${column} eq ${literal(id)}`, select: [column], top: 1 }, signal);
      const fix = `Create it in Kinetic, or change ${place} in the profile.`;
      findings.push(
        rows.length > 0
          ? passed('record', `${what} ${id} (${place}) is there.`)
          : finding('check.record-missing', 'record', `there is no ${what} ${id} (${place}).`, fix),
      );
    } catch (error) {
      // Of all of them the same: the service is not there or not allowed.
      const text = `the ${what}s of the profile could not be checked (${unanswered(error)}).`;
      const fix = `Allow the login to read ${service}, or look them up in Kinetic: ${[...wanted.keys()].join(', ')}.`;
      return [...findings, finding('check.not-checked', 'record', text, fix)];
    }
  }
  return findings;
}

async function chartFindings({ client }: Access, wanted: ReadonlyMap<string, string>, signal: AbortSignal): Promise<ErpFinding[]> {
  const names = [...wanted.keys()];
  const known = new Set<string>();
  try {
    for (let from = 0; from < names.length; from += accountsAtOnce) {
      const some = names.slice(from, from + accountsAtOnce);
      const filter = some.map((name) => `${accounts.column} eq ${odataText(name)}`).join(' or ');
      const rows = await client.rows(
        accounts.service,
        accounts.set,
        { filter, select: [accounts.column], orderBy: accounts.column },
        signal,
      );
      for (const row of rows) known.add(textOf(row[accounts.column]));
    }
  } catch (error) {
    const why = `${accounts.service} could not be read (${unanswered(error)})`;
    return [
      cannotBeKnown(
        'record',
        'The accounts of the profile',
        why,
        `Allow the login to read ${accounts.service}, or look them up in Kinetic.`,
      ),
    ];
  }
  return accountFindings(wanted, known);
}

async function openPeriod({ client, config }: Access, today: string, signal: AbortSignal): Promise<ErpFinding> {
  try {
    return periodFinding(today, await readPeriods(client, config, signal), config.company);
  } catch (error) {
    return finding(
      'check.not-checked',
      'record',
      `The fiscal periods could not be read: ${unanswered(error)}.`,
      'Allow the login to read Erp.BO.GLBookPerSearchSvc.',
    );
  }
}
