import { Amount } from '../../components/amount.js';
import { Chip } from '../../components/chip.js';
import { CopyId } from '../../components/copy-id.js';
import { Instant } from '../../components/instant.js';
import { Link } from '../../components/link.js';
import { addressPart, counted, longTextLimit, visibleText } from '../../format/text.js';
import type { CustomerQuestion } from '../../recon/read-customer.js';
import { mayDo, useShell } from '../../shell/live-context.js';
import { AnswerForm } from './answer-form.js';

const letterStates = { open: 'Open', ordered: 'In an order' };

/** One question with its evidence and its candidates, and a form that answers it. */
export function QuestionCard({
  question,
  showsCustomer = true,
}: {
  readonly question: CustomerQuestion;
  readonly showsCustomer?: boolean;
}) {
  const { person } = useShell();
  const { letterId, customerId, target, cause, asksWho, text, since, money, parkedBehind, state } = question;
  return (
    <li className="question" data-row>
      <h3>
        {asksWho ? `Which customer of ${visibleText(target ?? 'the ledger', 60)} is it?` : visibleText(cause ?? 'A question', 100)}{' '}
        <Chip labels={letterStates} word={state} />
      </h3>
      <p className="muted">
        {showsCustomer && customerId !== null && (
          <>
            <CopyId id={customerId}>
              <Link href={`/customers/${addressPart(customerId)}`}>
                <code>{visibleText(customerId, 80)}</code>
              </Link>
            </CopyId>{' '}
            ·{' '}
          </>
        )}
        since <Instant at={since} />
        {money !== null && (
          <>
            {' · '}
            <Amount amount={money} />
          </>
        )}
        {parkedBehind !== null && parkedBehind > 0 && ` · ${counted(parkedBehind, 'message waits', 'messages wait')} behind it`}
      </p>
      {text === null ? (
        <p className="muted">What the ledger said is shown to whoever may read payloads.</p>
      ) : (
        <blockquote>{visibleText(text, longTextLimit)}</blockquote>
      )}
      {letterId !== null && state === 'open' && mayDo(person, 'orders.create') && (
        <details className="answering">
          <summary>Answer it</summary>
          <AnswerForm letterId={letterId} question={question} />
        </details>
      )}
      {letterId !== null && (
        <p className="muted">
          Dead letter{' '}
          <CopyId id={letterId}>
            <Link href={`/letters/${addressPart(letterId)}`}>
              <code>{visibleText(letterId, 80)}</code>
            </Link>
          </CopyId>
        </p>
      )}
    </li>
  );
}
