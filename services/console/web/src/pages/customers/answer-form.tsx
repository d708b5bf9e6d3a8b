import { useId, useState } from 'react';
import { Problem } from '../../components/problem.js';
import { visibleText } from '../../format/text.js';
import { useSubmit } from '../../identity/use-submit.js';
import type { CustomerQuestion } from '../../recon/read-customer.js';
import type { NamedText } from '../../recon/shapes.js';
import { mayDo, useShell } from '../../shell/live-context.js';
import { answerQuestion } from './api.js';
import type { GivenAnswer } from './api.js';

interface Choice {
  readonly value: string;
  readonly label: string;
  /** Permission that recon asks for beside that to give orders. */
  readonly needs?: string;
  readonly answer: GivenAnswer;
}

/** The answers that can be given to a question, each as an order about its dead letter. */
export function choicesOf({ candidates, answers, asksWho }: CustomerQuestion): readonly Choice[] {
  const candidate = candidates.map(({ title, reference }, index): Choice => {
    const keys = reference.map(({ name, value }) => `${name} ${value}`).join(', ');
    const named = visibleText(title ?? '', 100);
    return {
      ...{
        value: `candidate-${index}`,
        needs: 'orders.resolve',
        label: named === keys ? `It is ${named}` : `It is ${named} (${visibleText(keys, 100)})`,
      },
      answer: { action: 'resolve', reference: recordOf(reference) },
    };
  });
  const offered = answers.map((answer): Choice => ({
    value: `answer-${answer}`,
    label: `Answer: ${visibleText(answer, 60)}`,
    answer: { action: 'replay', answer },
  }));
  const again: Choice = {
    ...{ value: 'replay', label: asksWho ? 'Look again: it was put right in the ledger' : 'Try it again' },
    answer: { action: 'replay' },
  };
  return [
    ...candidate,
    ...offered,
    ...(answers.length === 0 ? [again] : []),
    { value: 'skip', label: 'Skip: post nothing', answer: { action: 'skip' } },
  ];
}

const recordOf = (reference: readonly NamedText[]): Readonly<Record<string, string>> =>
  Object.fromEntries(reference.map(({ name, value }) => [name, value]));

/** Chooses one of the answers, says why, and orders it. Above somebody's limit it waits for a second person. */
export function AnswerForm({ letterId, question }: { readonly letterId: string; readonly question: CustomerQuestion }) {
  const { person } = useShell();
  const id = useId();
  const [chosen, setChosen] = useState('');
  const [reason, setReason] = useState('');
  const [isAccepted, setAccepted] = useState(false);
  const [said, setSaid] = useState<string>();
  const choices = choicesOf(question).filter(({ needs }) => mayDo(person, needs));
  const answer = choices.find(({ value }) => value === chosen)?.answer;
  const { busy, problem, onSubmit } = useSubmit(async () => {
    if (!answer) throw new Error('Choose an answer.');
    const given = answer.action === 'resolve' && isAccepted ? { ...answer, acceptDifference: true } : answer;
    setSaid(await answerQuestion(letterId, given, reason));
  });
  if (said !== undefined) return <p role="status">{visibleText(said, 300)}</p>;
  return (
    <form onSubmit={onSubmit} className="answer">
      <fieldset>
        <legend>Answer</legend>
        {choices.map(({ value, label }) => (
          <label key={value} className="check">
            <input type="radio" name={`${id}-answer`} required checked={chosen === value} onChange={() => setChosen(value)} /> {label}
          </label>
        ))}
      </fieldset>
      {answer?.action === 'resolve' && (
        <label className="check">
          <input type="checkbox" checked={isAccepted} onChange={(event) => setAccepted(event.target.checked)} /> Also when the ledger does
          not say so: somebody else has to approve it then
        </label>
      )}
      <p className="field">
        <label htmlFor={`${id}-reason`}>Why</label>
        <input
          id={`${id}-reason`}
          value={reason}
          required
          minLength={3}
          maxLength={1_000}
          autoComplete="off"
          onChange={(event) => setReason(event.target.value)}
        />
        <span className="muted">Kept with the order, and in the audit trail.</span>
      </p>
      <Problem text={problem} />
      <p>
        <button type="submit" className="primary" disabled={busy || chosen === ''}>
          Order it
        </button>
      </p>
    </form>
  );
}
