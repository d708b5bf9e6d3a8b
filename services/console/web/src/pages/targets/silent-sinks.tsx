import { Instant } from '../../components/instant.js';
import { visibleText } from '../../format/text.js';
import type { SilentSink } from './read-targets.js';

/** Which sinks do not answer, and since when; nothing while all do. */
export function SilentSinks({ silent }: { readonly silent: readonly SilentSink[] }) {
  return silent.map(({ targets, since, problem }, index) => (
    <p className="notice bad" role="alert" key={index}>
      The sink of {visibleText(targets.join(', '), 300)} does not answer since <Instant at={since} />: {visibleText(problem, 300)}. Nothing
      is lost: what is asked of it waits in Kafka. See whether it runs: <code>npm run status</code>, or its pod.
    </p>
  ));
}
