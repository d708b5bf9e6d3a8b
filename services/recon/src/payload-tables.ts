import type { PayloadTable } from '@tributary/persistence';
import { auditPayloads, editPayloads, letterPayloads } from './desk/emit/letter-payloads.js';
import { lookupKeys } from './shared/emit/lookup-hashes.js';
import {
  closureTexts,
  commentTexts,
  documentPayloads,
  eventTexts,
  factTexts,
  letterTexts,
  newsTexts,
  outcomePayloads,
  paymentPayloads,
  postingPayloads,
} from './shared/emit/view-payloads.js';

/** Every table of recon with encrypted columns. */
export const reconPayloads: readonly PayloadTable[] = [
  letterPayloads,
  editPayloads,
  auditPayloads,
  paymentPayloads,
  postingPayloads,
  outcomePayloads,
  documentPayloads,
  eventTexts,
  factTexts,
  newsTexts,
  letterTexts,
  closureTexts,
  commentTexts,
  lookupKeys,
];
