import { amountLine } from '../../format/amount.js';
import { longTextLimit, visibleText } from '../../format/text.js';
import { instantFrom, instantOf } from '../../format/time.js';
import type { Payment, PaymentNews } from '../../recon/shapes.js';
import { contradictingNews } from './labels.js';

/** What Stripe reported after the payment: a warning while it contradicts the booking, else a list of facts. */
export function NewsNotice({ payment }: { readonly payment: Payment }) {
  if (payment.news.length === 0) return null;
  const contradicts =
    (payment.standing === 'needsPerson' || payment.reconciliation === 'different') &&
    payment.news.some(({ kind }) => contradictingNews.has(kind));
  return (
    <section className={contradicts ? 'news bad' : 'news'} aria-labelledby="news-title">
      <h3 id="news-title">{contradicts ? 'Stripe reported afterwards, and the ledger does not have it' : 'Stripe reported afterwards'}</h3>
      <ul>
        {payment.news.map((item, index) => (
          <li key={index}>
            <strong>{titleOf(item)}</strong> <time dateTime={instantFrom(item.at)}>{instantOf(item.at)}</time>
            {item.text !== null && <p className="muted">{visibleText(item.text, longTextLimit)}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The title with its amount, where the title does not have it. */
export function titleOf({ title, amount }: PaymentNews): string {
  const text = visibleText(title);
  if (amount === null) return text;
  const line = amountLine(amount);
  return text.includes(line) || text.replaceAll(',', '').includes(line.replaceAll(',', '')) ? text : `${text}: ${line}`;
}
