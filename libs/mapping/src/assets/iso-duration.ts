import type { AssetNode } from './asset-reader.js';

const pattern = /^P(?:(\d{1,3})D)?(?:T(?:(\d{1,3})H)?(?:(\d{1,3})M)?)?$/;

/**
 * Milliseconds of an ISO 8601 duration in days, hours and minutes (`P2D`, `PT1H`, `PT90M`); undefined when there is a problem, which is
 * reported.
 */
export function isoDurationMs(node: AssetNode): bigint | undefined {
  const text = node.text();
  if (text === undefined) return undefined;
  const [, days = '0', hours = '0', minutes = '0'] = pattern.exec(text) ?? [];
  const ms = ((BigInt(days) * 24n + BigInt(hours)) * 60n + BigInt(minutes)) * 60_000n;
  return ms > 0n ? ms : node.report(`expected a duration of days, hours and minutes like P2D, PT1H or PT90M; got "${text}"`);
}
