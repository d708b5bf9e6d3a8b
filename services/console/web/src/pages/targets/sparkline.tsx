import { useId } from 'react';
import { counted } from '../../format/text.js';
import { timeOf } from '../../format/time.js';
import type { TargetHours } from './read-outcomes.js';

interface Props {
  readonly hours: readonly string[];
  /** Undefined: nothing became of any posting in these hours. */
  readonly counts: TargetHours | undefined;
}

const [width, height, gap] = [240, 44, 1];

/** Postings of the last hours as bars: what was written, and on top of it what failed. The figures stand beside it as text. */
export function Sparkline({ hours, counts }: Props) {
  const title = useId();
  const bars = hours.map((hour, index) => ({ hour, written: counts?.written[index] ?? 0, failed: counts?.failed[index] ?? 0 }));
  const most = Math.max(0, ...bars.map(({ written, failed }) => written + failed));
  const [written, failed] = [sum(bars.map((bar) => bar.written)), sum(bars.map((bar) => bar.failed))];
  const text = `Last ${hours.length} hours: ${counted(written, 'outcome')} written, ${failed} failed`;
  if (most === 0)
    return <p className="muted">{hours.length === 0 ? 'Reading the last day.' : `Nothing in the last ${hours.length} hours.`}</p>;
  const step = width / bars.length;
  return (
    <figure className="sparkline">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby={title} preserveAspectRatio="none">
        <title id={title}>{text}</title>
        {bars.map((bar, index) => {
          const [good, bad] = [scaled(bar.written, most), scaled(bar.failed, most)];
          return (
            <g key={index}>
              <title>{`${timeOf(bar.hour)}: ${bar.written} written, ${bar.failed} failed`}</title>
              <rect className="ground" x={index * step} y={0} width={step} height={height} />
              <rect className="written" x={index * step} y={height - good} width={step - gap} height={good} />
              <rect className="failed" x={index * step} y={height - good - bad} width={step - gap} height={bad} />
            </g>
          );
        })}
      </svg>
      <figcaption className="muted">{text}</figcaption>
    </figure>
  );
}

/** At least two units, so that a single outcome is seen beside many. */
function scaled(count: number, most: number): number {
  return count === 0 ? 0 : Math.max(2, (count / most) * (height - 2));
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
