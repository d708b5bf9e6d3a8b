import { Chip, labelOf } from '../../components/chip.js';
import { Instant } from '../../components/instant.js';
import { visibleText } from '../../format/text.js';
import { targetLabels, targetMeanings } from './labels.js';
import type { Target } from './read-targets.js';

/** The state of a target as a label. */
export function TargetChip({ state }: Pick<Target, 'state'>) {
  return <Chip labels={targetLabels} word={state} />;
}

/** What the state of a target means, since when it is so and why. */
export function TargetState({ target: { state, paused, breaker } }: { readonly target: Target }) {
  return (
    <p className={state === 'working' ? 'muted' : 'notice-line'}>
      {paused !== null && (
        <>
          Paused by {visibleText(paused.by, 80)} since <Instant at={paused.at} />: “{visibleText(paused.reason, 500)}”.{' '}
        </>
      )}
      {breaker !== null && (
        <>
          Since <Instant at={breaker.since} /> (<code>{visibleText(breaker.code, 80)}</code>).{' '}
        </>
      )}
      {labelOf(targetMeanings, state, 'Its state is not known.')}
    </p>
  );
}
