import { Fragment } from 'react';
import { CopyId } from '../../components/copy-id.js';
import { Instant, ZoneNote } from '../../components/instant.js';
import { counted, longTextLimit, visibleText } from '../../format/text.js';
import { instantFrom } from '../../format/time.js';
import type { PaymentNews, Step } from '../../recon/shapes.js';
import { gapText } from './gap-text.js';
import { placeOf } from './jump.js';
import { contradictingNews } from './labels.js';
import { titleOf } from './news.js';
import { ErpCalls } from './erp-calls.js';
import { callsOf } from './step-calls.js';
import type { CallsOfStep } from './step-calls.js';
import { StepEvidence } from './step-evidence.js';

/** Most steps that are drawn; a payment with more has a fault that the first hundreds show as well. */
const stepsShown = 300;

/** Shorter values are read, and not copied. */
const shortestCopied = 8;

/** Stages that have a colour of their own, with the class of it. */
const stages: Readonly<Record<string, string>> = {
  held: 'held',
  waiting: 'waiting',
  rejected: 'rejected',
  'dead-letter': 'dead-letter',
  news: 'news',
  break: 'break',
  decision: 'by-person',
  payout: 'paid-out',
};

/** Every step with its ids, oldest first, what Stripe reported afterwards among them; long waits in between are marked. */
export function Steps({ steps, news }: { readonly steps: readonly Step[]; readonly news: readonly PaymentNews[] }) {
  const all = withNews(steps, news);
  const places = placesOf(all);
  const evidencePlaces = evidencePlacesOf(all);
  const calls = callsOf(all);
  return (
    <section aria-labelledby="steps-title">
      <h3 id="steps-title">
        Timeline <ZoneNote />
      </h3>
      <ol className="steps">
        {all.slice(0, stepsShown).map((step, index) => (
          <Fragment key={index}>
            <Gap before={all[index - 1]} after={step} />
            <li id={places.get(step)} tabIndex={-1} className={Object.hasOwn(stages, step.stage) ? stages[step.stage] : undefined}>
              <p className="step-title">
                {visibleText(step.title)} <Instant at={step.at ?? ''} />
              </p>
              {step.text !== null && step.text !== '' && <p className="muted">{visibleText(step.text, longTextLimit)}</p>}
              <StepIds step={step} />
              {step.evidence !== null && <StepEvidence evidence={step.evidence} what={step.title} place={evidencePlaces.get(step) ?? ''} />}
              <StepCalls calls={calls.get(step)} />
            </li>
          </Fragment>
        ))}
      </ol>
      {all.length > stepsShown && <p className="muted">And {counted(all.length - stepsShown, 'more step')}.</p>}
    </section>
  );
}

/** A wait between two steps that is long enough to be asked about. */
function Gap({ before, after }: { readonly before: Step | undefined; readonly after: Step }) {
  const text = before && gapText(before.at, after.at);
  return text === undefined ? null : (
    <li className="gap">
      <span className="muted">{text} later</span>
    </li>
  );
}

function StepIds({ step }: { readonly step: Step }) {
  if (step.ids.length === 0) return null;
  return (
    <dl className="ids">
      {step.ids.map(({ name, value }) => (
        <div key={name}>
          <dt>{visibleText(name, 60)}</dt>
          <dd>{value.length < shortestCopied ? <code>{visibleText(value)}</code> : <CopyId id={value} />}</dd>
        </div>
      ))}
    </dl>
  );
}

function StepCalls({ calls }: { readonly calls: CallsOfStep | undefined }) {
  return calls === undefined ? null : <ErpCalls {...calls} />;
}

/** The first step of each event, as a place that other parts of the page lead to. */
function placesOf(steps: readonly Step[]): ReadonlyMap<Step, string> {
  const seen = new Set<string>();
  const places = new Map<Step, string>();
  for (const step of steps) {
    const event = step.ids.find(({ name }) => name === 'event')?.value;
    if (event === undefined || seen.has(event)) continue;
    seen.add(event);
    places.set(step, placeOf('event', event));
  }
  return places;
}

/** Where the evidence of each step opens: one event that came twice has two places. */
export function evidencePlacesOf(steps: readonly Step[]): ReadonlyMap<Step, string> {
  const seen = new Map<string, number>();
  const places = new Map<Step, string>();
  for (const step of steps) {
    if (step.evidence === null) continue;
    const place = placeOf('step', `${step.evidence.kind}-${step.evidence.id}`);
    const times = (seen.get(place) ?? 0) + 1;
    seen.set(place, times);
    places.set(step, times === 1 ? place : `${place}-${times}`);
  }
  return places;
}

/** News that recon does not list among the steps already is put where its time belongs. */
export function withNews(steps: readonly Step[], news: readonly PaymentNews[]): Step[] {
  const known = new Set(steps.map(({ at, title }) => `${at ?? ''} ${title}`));
  const added = news
    .filter(({ at, title }) => !known.has(`${at ?? ''} ${title}`))
    .map((item): Step => ({
      at: item.at,
      stage: contradictingNews.has(item.kind) ? 'break' : 'news',
      title: titleOf(item),
      ids: item.eventId === null ? [] : [{ name: 'event', value: item.eventId }],
      text: item.text,
      evidence: item.eventId === null ? null : { kind: 'message', id: item.eventId },
    }));
  const time = ({ at }: Step): number => (instantFrom(at) === undefined ? Number.POSITIVE_INFINITY : Date.parse(at ?? ''));
  return added.length === 0 ? [...steps] : [...steps, ...added].sort((a, b) => (time(a) < time(b) ? -1 : time(a) > time(b) ? 1 : 0));
}
