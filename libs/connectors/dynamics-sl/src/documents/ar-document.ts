import type { ErpReference } from '@tributary/connector-kit';
import type { SlFilter } from '../doors/door.js';
import type { SlRow } from '../sl-values.js';
import { textOf } from '../sl-values.js';
import { equal } from './screened.js';

/** What identifies a document of receivables, with its batch. Source: docs/reference/dynamics-sl.md section 4 (key of ARDoc). */
export function documentReference(head: SlRow): ErpReference {
  return {
    Module: 'AR',
    BatNbr: textOf(head.BatNbr),
    CustId: textOf(head.CustId),
    DocType: textOf(head.DocType),
    RefNbr: textOf(head.RefNbr),
  };
}

/** Conditions for the lines of a document. */
export function linesOfDocument({ BatNbr = '', CustId = '', DocType = '', RefNbr = '' }: ErpReference): readonly SlFilter[] {
  return [equal('BatNbr', BatNbr), equal('CustId', CustId), equal('TranType', DocType), equal('RefNbr', RefNbr)];
}
