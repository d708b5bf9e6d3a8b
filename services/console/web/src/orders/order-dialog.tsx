import { useEffect, useId, useRef, useState } from 'react';
import { useSubmit } from '../identity/use-submit.js';
import { Problem } from '../components/problem.js';
import { Field } from '../identity/field.js';
import { wordOf } from '../components/chip.js';
import { addressPart, counted, visibleText } from '../format/text.js';
import { ApiError, messageOf } from '../shell/http.js';
import { navigate } from '../shell/navigation.js';
import { giveOrder, previewOrder } from './api.js';
import type { OrderBody } from './api.js';
import { previewText, sumOfPreviews } from './preview-sum.js';
import { orderVerbs } from './labels.js';
import type { Order, Preview } from './read-order.js';

const defaultRate = '10';

/** What somebody is about to order: one order, or several where one cannot name all that is meant. */
export interface Intent {
  /** What it is about: `cause stripe.object-invalid`. */
  readonly about: string;
  readonly bodies: readonly OrderBody[];
}

interface Props {
  readonly intent: Intent;
  readonly onClose: () => void;
}

/** Says exactly what an order is about, asks for the reason and the speed, and gives it. */
export function OrderDialog({ intent, onClose }: Props) {
  const box = useRef<HTMLDialogElement>(null);
  const title = useId();
  const { previews, problem, look } = usePreviews(intent.bodies);
  useEffect(() => {
    box.current?.showModal();
  }, []);
  const action = intent.bodies[0]?.action ?? 'replay';
  const answer = intent.bodies[0]?.answer;
  const verb = answer === undefined ? wordOf(orderVerbs, action, 20) : `Answer “${visibleText(answer, 50)}”`;
  return (
    <dialog ref={box} className="order-dialog" aria-labelledby={title} onClose={onClose}>
      <h2 id={title}>
        {verb}: {visibleText(intent.about, 120)}
      </h2>
      <Problem text={problem} />
      {previews === undefined && problem === undefined && <p className="muted">Counting the letters.</p>}
      {previews === undefined && (
        <p className="buttons">
          <button type="button" onClick={() => box.current?.close()}>
            Close
          </button>
        </p>
      )}
      {previews && <Terms verb={verb} intent={intent} previews={previews} onClose={() => box.current?.close()} onChanged={look} />}
    </dialog>
  );
}

function usePreviews(bodies: readonly OrderBody[]): {
  readonly previews: readonly Preview[] | undefined;
  readonly problem: string | undefined;
  readonly look: () => Promise<void>;
} {
  const [previews, setPreviews] = useState<readonly Preview[]>();
  const [problem, setProblem] = useState<string>();
  const look = async (): Promise<void> => {
    try {
      setPreviews(await Promise.all(bodies.map(previewOrder)));
      setProblem(undefined);
    } catch (error) {
      setPreviews(undefined);
      setProblem(messageOf(error));
    }
  };
  useEffect(() => void look(), [bodies]);
  return { previews, problem, look };
}

const resolveText =
  'Somebody put right in the ledger what these letters are about. Each document is looked up there by its posting key; nothing is posted, and what waits behind goes on.';
/** Most letters that are named of those that are left out. */
const namedAtMost = 10;

/** What fits and stays a dead letter. */
function LeftOut({ letters }: { readonly letters: Preview['leftOut'] }) {
  if (letters.length === 0) return null;
  return (
    <div className="notice warn">
      <p>{counted(letters.length, 'letter')} of what fits stays as it is, because the ledger does not show it:</p>
      <ul>
        {letters.slice(0, namedAtMost).map(({ name, value }) => (
          <li key={name}>
            <code>{visibleText(name, 40)}</code> {visibleText(value, 300)}
          </li>
        ))}
        {letters.length > namedAtMost && <li>and {letters.length - namedAtMost} more</li>}
      </ul>
    </div>
  );
}

interface TermsProps extends Props {
  readonly verb: string;
  readonly previews: readonly Preview[];
  readonly onChanged: () => Promise<void>;
}

function Terms({ verb, intent: { bodies }, previews, onClose, onChanged }: TermsProps) {
  const [reason, setReason] = useState('');
  const [rate, setRate] = useState(defaultRate);
  const given = useRef(new Map<OrderBody, Order>());
  const sum = sumOfPreviews(previews);
  const isReplay = bodies[0]?.action === 'replay';
  const { busy, problem, onSubmit } = useSubmit(async () => {
    try {
      for (const [index, body] of bodies.entries()) {
        if (given.current.has(body)) continue; // an attempt before this one got so far
        const terms = { reason, ratePerSecond: Number(rate), expectedLetters: previews[index]?.letters ?? 0 };
        given.current.set(body, await giveOrder(body, terms));
      }
    } catch (error) {
      if (error instanceof ApiError && error.code === 'order.count-changed') await onChanged();
      throw given.current.size === 0
        ? error
        : new Error(`${given.current.size} of ${bodies.length} orders were given. ${messageOf(error)}`);
    }
    const [only, ...more] = given.current.values();
    onClose();
    navigate(only && more.length === 0 ? `/orders/${addressPart(only.id)}` : '/desk?view=orders');
  });
  return (
    <form onSubmit={onSubmit}>
      <p className="order-size">{previewText(sum)}</p>
      {bodies[0]?.action === 'resolve' && <p className="muted">{resolveText}</p>}
      <LeftOut letters={sum.leftOut} />
      <WaitsFor reasons={sum.waitsFor} />
      <Field
        label="Why"
        value={reason}
        onChange={setReason}
        autoComplete="off"
        autoFocus
        hint="It is kept with the order and in the audit trail."
      />
      {isReplay && sum.letters > 1 && (
        <Field label="At most so many a second" type="number" value={rate} onChange={setRate} autoComplete="off" />
      )}
      <Problem text={problem} />
      <p className="buttons">
        <button type="submit" className="primary" disabled={busy}>
          {verb} {sum.letters}
        </button>{' '}
        <button type="button" onClick={onClose}>
          Do nothing
        </button>
      </p>
    </form>
  );
}

function WaitsFor({ reasons }: { readonly reasons: readonly string[] }) {
  if (reasons.length === 0) return null;
  return (
    <div className="notice warn">
      <p>Somebody else has to approve it before anything happens:</p>
      <ul>
        {reasons.map((why) => (
          <li key={why}>{visibleText(why, 300)}</li>
        ))}
      </ul>
    </div>
  );
}
