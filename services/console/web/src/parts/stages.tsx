import type { Stage } from '../api.js';
import { grouped, stageTitle } from '../words.js';

const order = ['accepted', 'canonical', 'requested', 'posted'] as const;

/** The four stages in walking order, each with its total, its rate and what the next stage has not answered yet. */
export function Stages({ stages }: { stages: readonly Stage[] | undefined }) {
  return (
    <section aria-labelledby="stages-title">
      <h2 id="stages-title" className="hidden">
        Stages
      </h2>
      <ol className="stages">
        {order.map((name) => {
          const stage = stages?.find((candidate) => candidate.name === name);
          return (
            <li key={name} className="card">
              <h3>{stageTitle[name].word}</h3>
              <p className="figure">{stage ? grouped(String(stage.total)) : '–'}</p>
              <p className="muted">{stageTitle[name].says}</p>
              <dl className="inline">
                <div>
                  <dt>per minute</dt>
                  <dd>{stage ? grouped(String(Math.round(stage.perMinute))) : '–'}</dd>
                </div>
                <div className={stage && stage.lag > 0 ? 'warm' : ''}>
                  <dt>lag</dt>
                  <dd>{stage ? grouped(String(stage.lag)) : '–'}</dd>
                </div>
              </dl>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
