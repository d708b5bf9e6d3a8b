import { accountFindings, cannotBeKnown } from '@tributary/connector-kit';
import type { ErpFinding, ErpNeeds } from '@tributary/connector-kit';
import type { SlClient } from './sl-client.js';
import { views } from './sl-client.js';
import { SlRefusedError, SlSilentError } from './sl-errors.js';
import { textOf } from './sl-values.js';

/** The account of a text like `1150-000000000000`; the subaccount is not looked up. */
const accountOf = (text: string): string => text.split('-')[0] ?? text;

/** Accounts of the profile that the chart lacks. The view of the chart is not needed for anything else, so a site may leave it out. */
export async function chartFindings(client: SlClient, { accounts = new Map() }: ErpNeeds, signal: AbortSignal): Promise<ErpFinding[]> {
  if (accounts.size === 0) return [];
  const wanted = new Map([...accounts].map(([text, place]) => [accountOf(text), place]));
  try {
    const rows = await client.rows('Account', [], signal);
    return accountFindings(wanted, new Set(rows.map((row) => textOf(row.Acct))));
  } catch (error) {
    if (!(error instanceof SlRefusedError) && !(error instanceof SlSilentError)) throw error;
    const why = `the view ${views.Account} cannot be read (${error.message})`;
    return [
      cannotBeKnown(
        'record',
        'The accounts of the profile',
        why,
        `Install the view ${views.Account} with the column Acct, or look them up in SL.`,
      ),
    ];
  }
}
