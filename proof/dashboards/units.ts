const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** Units of a time: how many seconds it has, its name, and the seconds below which it is used. */
const durations = [
  [0.001, 'ms', 1],
  [1, 's', 120],
  [60, 'min', 7_200],
  [3_600, 'h', 172_800],
] as const;

/** A value in the unit that Grafana's JSON names: s, reqps, bytes, percentunit, short. */
export function shownValue(value: number, unit: string): string {
  if (!Number.isFinite(value)) return '-';
  if (unit === 'percentunit') return `${short.format(value * 100)} %`;
  if (unit === 'bytes') return `${short.format(value / 1_048_576)} MiB`;
  if (unit === 'reqps') return `${short.format(value)}/s`;
  if (unit !== 's') return short.format(value);
  const [seconds, unitName] = durations.find(([, , below]) => Math.abs(value) < below) ?? [86_400, 'd'];
  return `${short.format(value / seconds)} ${unitName}`;
}
