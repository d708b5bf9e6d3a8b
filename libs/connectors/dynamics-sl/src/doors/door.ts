import type { SlRow } from '../sl-values.js';

/** A door of the web layer. */
export type DoorName = 'rest' | 'soap';

/** Services of the web layer that are used, by their last name. */
export const services = [
  'customerMaintenance',
  'invoiceAndMemo',
  'paymentEntry',
  'paymentApplication',
  'journalTransactions',
  'quickQuery',
] as const;
/** A service of the web layer. */
export type SlService = (typeof services)[number];

/** What a screen is asked to do. Source: docs/reference/dynamics-sl.md section 2.3. */
export type SlAction = 'ADD' | 'UPDATE' | 'RELEASENOW';

/** A screen: its batch, its document and its lines by their name in the web layer (`myBatch`, `myARDoc`, `myARTran`), and `batchHandling`. */
export type SlScreen = Readonly<Record<string, SlRow | readonly SlRow[] | string>>;

/** One condition of a query; the conditions of a query are joined by AND. */
export interface SlFilter {
  readonly name: string;
  readonly value: string;
  /** `=` where it is not said. */
  readonly comparisonType?: '=' | '>' | 'LIKE';
}

/** A call that stores, without its credentials. */
export interface DescribedCall {
  readonly method: 'POST' | 'PUT' | 'PATCH';
  readonly path: string;
  readonly body: string;
}

/** What both doors of the web layer can do. Methods throw the errors of sl-errors.ts. */
export interface SlDoor {
  /** Stores or releases a screen. @returns the screen as the web layer answers it, without an error in it. */
  edit(service: SlService, action: SlAction, screen: SlScreen, signal: AbortSignal): Promise<SlScreen>;
  /** The rows of a view that meet all conditions. */
  query(view: string, filters: readonly SlFilter[], signal: AbortSignal): Promise<readonly SlRow[]>;
  /** The call that `edit` would make. */
  describe(service: SlService, action: SlAction, screen: SlScreen): DescribedCall;
}

/** A row of a screen; empty when it is not there. */
export function rowIn(screen: SlScreen, name: string): SlRow {
  const value = screen[name];
  return typeof value === 'object' && !Array.isArray(value) ? (value as SlRow) : {};
}

/** The rows of a list of a screen; undefined when the screen does not have it. */
export function rowsIn(screen: SlScreen, name: string): readonly SlRow[] | undefined {
  const value = screen[name];
  return Array.isArray(value) ? (value as readonly SlRow[]) : undefined;
}
