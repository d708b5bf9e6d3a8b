import type { ErpDocument } from '@tributary/connector-kit';
import { fiscalPeriodOf } from '../sl-periods.js';
import type { SlRow, SlValue } from '../sl-values.js';
import type { SlParts } from './document-kind.js';

/** What a batch of one document is made of. */
export interface BatchOfOne {
  readonly module: 'AR' | 'GL';
  readonly currency: SlValue;
  readonly date: SlValue;
  readonly total: SlValue;
}

/** The batch row of a new document. Source: docs/reference/dynamics-sl.md sections 5.4 and 5.6 (control totals have to match). */
export function batchRow({ fields }: ErpDocument, { module, currency, date, total }: BatchOfOne, { config }: SlParts): SlRow {
  const period = fields.PerPost ?? fiscalPeriodOf(String(date ?? ''), config.fiscalYearStarts);
  return {
    Module: module,
    CpnyID: config.company,
    CuryId: currency,
    CuryCtrlTot: total,
    ...(date === null ? {} : { DateEnt: date }),
    ...(period ? { PerPost: String(period) } : {}),
  };
}
