import { accountFindings, cannotBeKnown, finding, passed } from '@tributary/connector-kit';
import type { ErpFinding, ErpNeeds } from '@tributary/connector-kit';
import type { P21Parts } from './documents/document-kind.js';
import { P21HeldError, P21RefusedError, P21SilentError, P21UnauthorisedError } from './p21-errors.js';
import { idOf, textOf } from './p21-json.js';
import { all, odataNumber, odataText, oneOf } from './p21-odata.js';

/** What is checked. */
export type CheckedParts = Pick<P21Parts, 'client' | 'config' | 'periods' | 'services'>;

/** Accounts that are asked for at once: the filter has to fit into an address. */
const accountsAtOnce = 20;
/** Customers of other companies that are looked at. */
const customersLookedAt = 50;

/** Accounts of the profile, and customer numbers that two companies have. Source: docs/reference/prophet21.md section 14. */
export async function recordFindings(parts: CheckedParts, needs: ErpNeeds, signal: AbortSignal): Promise<ErpFinding[]> {
  return [
    ...(await chartFindings(parts, needs.accounts ?? new Map<string, string>(), signal)),
    ...(needs.bankAccounts?.size
      ? [
          cannotBeKnown(
            'record',
            'The numbers of the banks',
            'no table that is known shows them',
            `Look them up in Prophet 21: ${[...needs.bankAccounts.keys()].join(', ')}.`,
          ),
        ]
      : []),
    await customerNumbers(parts, signal),
  ];
}

async function chartFindings(
  { client, config }: CheckedParts,
  wanted: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<ErpFinding[]> {
  const names = [...wanted.keys()];
  const known = new Set<string>();
  try {
    for (let from = 0; from < names.length; from += accountsAtOnce) {
      const some = oneOf('account_no', names.slice(from, from + accountsAtOnce).map(odataText));
      const filter = all(`company_no eq ${odataText(config.company)}`, some);
      const rows = await client.rows('chart_of_accts', { filter, select: ['account_no', 'company_no'], orderBy: 'account_no' }, signal);
      for (const row of rows) if (textOf(row.company_no) === config.company) known.add(textOf(row.account_no));
    }
  } catch (error) {
    const fix = 'Allow chart_of_accts in Dataservice Permission for the role of the login, or look them up in Prophet 21.';
    return [cannotBeKnown('record', 'The accounts of the profile', `the table chart_of_accts cannot be read (${reasonOf(error)})`, fix)];
  }
  return accountFindings(wanted, known);
}

/** The key of a customer is company and number, so two companies may have the same number. */
async function customerNumbers({ client, config }: CheckedParts, signal: AbortSignal): Promise<ErpFinding> {
  const own = odataText(config.company);
  const select = ['customer_id', 'company_id'];
  try {
    const others = await client.rows(
      'customer',
      { filter: `company_id ne ${own}`, select, orderBy: 'customer_id', top: customersLookedAt },
      signal,
    );
    const numbers = [...new Set(others.map((row) => idOf(row.customer_id)))];
    if (numbers.length === 0) return passed('record', 'No other company of the database has customers.');
    const filter = all(`company_id eq ${own}`, oneOf('customer_id', numbers.map(odataNumber)));
    const [twice] = await client.rows('customer', { filter, select, orderBy: 'customer_id', top: 1 }, signal);
    if (!twice)
      return passed(
        'record',
        `No customer number of another company is one of ${config.company}, as far as ${numbers.length} were looked at.`,
      );
    const id = idOf(twice.customer_id);
    const where = others.find((row) => idOf(row.customer_id) === id);
    return finding(
      'check.customer-number-twice',
      'record',
      `${config.company} and ${textOf(where?.company_id)} both have a customer ${id}.`,
    );
  } catch (error) {
    return finding('check.not-checked', 'record', `Customer numbers of other companies were not looked at: ${reasonOf(error)}`);
  }
}

/** Why a question was not answered. Errors of our own code are thrown on. */
function reasonOf(error: unknown): string {
  const known = [P21HeldError, P21RefusedError, P21SilentError, P21UnauthorisedError].some((kind) => error instanceof kind);
  if (!known) throw error;
  return (error as Error).message;
}
