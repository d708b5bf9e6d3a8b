import type { ErasureView } from '@tributary/contracts';
import type { Understood } from '#commands/command-line.mjs';
import { allVisible } from '../dlq/all-visible.js';
import { apiAt, ApiError } from '../dlq/api.js';
import type { Ask } from '../dlq/api.js';
import { table } from '../dlq/render-letters.js';
import { showingControls } from '../dlq/terminal.js';
import type { Terminal } from '../dlq/terminal.js';

/** Addresses of the services that hold personal data of customers. */
export interface ErasingServices {
  readonly recon: string;
  /** Every erp-sink of the installation. */
  readonly sinks: readonly string[];
}

/**
 * `tributary erase --customer cus_...`: counts, and with --confirm erases, the personal data of one Stripe customer at recon and at every
 * erp-sink. Each of them erases in one transaction, and repeating it is safe.
 * @param running addresses on this machine, where no option and no variable names others. @returns the exit code that the help lists.
 */
export async function eraseCustomer(
  { values }: Extract<Understood, { kind: 'run' }>,
  env: NodeJS.ProcessEnv,
  { running, terminal: given }: { readonly running: ErasingServices; readonly terminal: Terminal },
): Promise<number> {
  const terminal = showingControls(given);
  const option = (name: string): string | undefined => values[name]?.at(-1) as string | undefined;
  const [customerId, reason] = [option('customer'), option('reason')];
  const confirmed = values.confirm !== undefined;
  if (!customerId || (confirmed && !reason)) {
    terminal.error(
      customerId ? 'Why? Give --reason "...": it is kept in the audit trail.' : 'Whose data? Give --customer with the id from Stripe.',
    );
    return 2;
  }
  const sinks = (values['sink-url'] as string[] | undefined) ?? running.sinks;
  const recon = apiAt(trimmed(option('url') ?? running.recon), env);
  const asks = [...sinks.map((url) => apiAt(trimmed(url), env, 'erp-sink')), recon];
  try {
    // First of all, so that nothing is erased for an id that is mistyped.
    await counted(recon, customerId);
    const answers: ErasureView[] = [];
    for (const ask of asks) answers.push(confirmed ? await erased(ask, customerId, reason) : await counted(ask, customerId));
    const view = merged(customerId, answers, confirmed);
    terminal.out(values.json === undefined ? textOf(allVisible(view)) : JSON.stringify(view));
    return 0;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    terminal.error(`${error.code}: ${error.message}`);
    if (confirmed) terminal.error('Not everything was erased. Run the same command again: what is erased already stays so.');
    return error.code === 'unreachable' ? 3 : 1;
  }
}

const trimmed = (url: string): string => url.replace(/\/+$/, '');
const counted = (ask: Ask, customerId: string): Promise<ErasureView> => ask('GET', `/erasures/${encodeURIComponent(customerId)}`);
const erased = (ask: Ask, customerId: string, reason: string | undefined): Promise<ErasureView> =>
  ask('POST', '/erasures', { customerId, reason });

function merged(customerId: string, answers: readonly ErasureView[], done: boolean): ErasureView {
  return {
    customerId,
    done,
    tables: answers.flatMap(({ tables }) => tables),
    waits: answers.flatMap(({ waits }) => waits),
    stays: answers.flatMap(({ stays }) => stays),
  };
}

function textOf({ customerId, done, tables, waits, stays }: ErasureView): string {
  const rows = tables.map((one) => [one.table, String(one.rows), one.fields.join(', ')]);
  return [
    rows.length === 0 ? `Nothing ${done ? 'was' : 'is'} left to overwrite for ${customerId}.` : table(['TABLE', 'ROWS', 'FIELDS'], rows),
    ...waits.map((text) => `waits: ${text}`),
    ...stays.map((text) => `stays: ${text}`),
    done ? `Erased for ${customerId}.` : `Nothing was changed. To erase: add --confirm --reason "..."`,
  ].join('\n');
}
