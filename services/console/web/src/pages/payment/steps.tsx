import { counted, longTextLimit, visibleText } from '../../format/text.js';
import { instantFrom, timeOf } from '../../format/time.js';
import type { PaymentNews, Step } from '../../recon/shapes.js';
import { contradictingNews } from './labels.js';
import { titleOf } from './news.js';

/** Most steps that are drawn; a payment with more has a fault that the first hundreds show as well. */
const stepsShown = 300;

/** Stages that have a colour of their own. */
const stages = new Set(['held', 'waiting', 'rejected', 'dead-letter', 'news', 'break']);

/** Every step with its ids, oldest first, what Stripe reported afterwards among them. */
export function Steps({ steps, news }: { readonly steps: readonly Step[]; readonly news: readonly PaymentNews[] }) {
  const all = withNews(steps, news);
  return (
    <>
      <ol className="steps">
        {all.slice(0, stepsShown).map((step, index) => (
          <li key={index} className={stages.has(step.stage) ? step.stage : undefined}>
            <p className="step-title">
              {visibleText(step.title)} <time dateTime={instantFrom(step.at)}>{timeOf(step.at)}</time>
            </p>
            {step.text !== null && step.text !== '' && <p className="muted">{visibleText(step.text, longTextLimit)}</p>}
            {step.ids.length > 0 && (
              <dl className="ids">
                {step.ids.map(({ name, value }) => (
                  <div key={name}>
                    <dt>{visibleText(name, 60)}</dt>
                    <dd>
                      <code>{visibleText(value)}</code>
                    </dd>
                  </div>
                ))}
              </dl>
            )}
          </li>
        ))}
      </ol>
      {all.length > stepsShown && <p className="muted">And {counted(all.length - stepsShown, 'more step')}.</p>}
    </>
  );
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
    }));
  const time = ({ at }: Step): number => (instantFrom(at) === undefined ? Number.POSITIVE_INFINITY : Date.parse(at ?? ''));
  return added.length === 0 ? [...steps] : [...steps, ...added].sort((a, b) => (time(a) < time(b) ? -1 : time(a) > time(b) ? 1 : 0));
}
