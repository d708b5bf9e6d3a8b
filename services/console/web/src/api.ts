/** What recon answers (services/recon/README.md, HTTP). Amounts are text on the way: no float touches money (I5). */

export interface Amount {
  readonly minor: string;
  readonly currency: string;
  readonly text: string;
}

export type EventState = 'posted' | 'ignored' | 'held' | 'deadLettered' | 'inFlight';
export type ReconciliationState = 'matched' | 'missing' | 'different' | 'pending';
export type PaymentStage = 'canonical' | 'requested' | 'posted' | 'released';

export interface Counts {
  readonly accepted: number;
  readonly inFlight: number;
  readonly posted: number;
  readonly ignored: number;
  readonly held: number;
  readonly deadLettered: number;
  readonly ignoredBy: Readonly<Record<string, number>>;
  readonly heldBy?: Readonly<Record<string, number>>;
  readonly deadLetteredBy?: Readonly<Record<string, number>>;
}

export interface Stage {
  readonly name: 'accepted' | 'canonical' | 'requested' | 'posted';
  readonly total: number;
  readonly perMinute: number;
  readonly lag: number;
}

export interface Payment {
  readonly chargeId: string;
  readonly paymentId: string;
  readonly customerId: string | null;
  readonly customerName: string | null;
  readonly amount: Amount;
  readonly receivedAt: string;
  readonly eventId: string;
  readonly stage: PaymentStage;
  readonly state: EventState;
  readonly reason: string | null;
  readonly reconciliation: ReconciliationState;
  readonly ledgerAmount: Amount | null;
  readonly reference: Readonly<Record<string, string>> | null;
}

export interface Step {
  readonly at: string;
  readonly stage: string;
  readonly title: string;
  readonly ids: Readonly<Record<string, string>>;
  readonly text: string | null;
}

export interface Snapshot {
  readonly counts: Counts;
  readonly stages: { readonly asOf: string; readonly stages: readonly Stage[] };
  readonly reconciliation: Readonly<Record<ReconciliationState, number>>;
  readonly payments: readonly Payment[];
}

/** An answer that was no answer: what was asked for and what came back. */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(`/api${path}`, { headers: { accept: 'application/json' }, signal: signal ?? null });
  if (!response.ok) {
    const body = (await response.json().catch(() => ({}))) as { message?: string };
    throw new ApiError(body.message ?? `The console asked for ${path} and was answered ${response.status}.`, response.status);
  }
  return (await response.json()) as T;
}

/** One payment and its steps, oldest first. @throws {ApiError} with status 404 for an id nobody knows. */
export function fetchTrace(id: string, signal: AbortSignal): Promise<{ payment: Payment; steps: readonly Step[] }> {
  return get(`/payments/${encodeURIComponent(id)}`, signal);
}

/** Payments of one state, newest first. */
export function fetchPayments(
  state: EventState | undefined,
  signal: AbortSignal,
): Promise<{ payments: readonly Payment[]; next: string | null }> {
  return get(`/payments?limit=100${state ? `&state=${state}` : ''}`, signal);
}
