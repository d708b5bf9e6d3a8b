import type { AnswerDesk } from './answer-steps.js';
import type { StoryFact } from './documents.js';
import type { Shared } from './sink.js';

/** A dead letter that asks a question. */
interface Letter {
  readonly id: string;
  readonly order: bigint;
  readonly deadAtMs: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** One fact that asks, with its dead letters and what became of the orders about them. */
interface Case {
  readonly fact: StoryFact;
  readonly letters: Letter[];
  readonly closures: { readonly itemId: string; readonly result: string; readonly closedAtMs: number }[];
  readonly ordered: Set<string>;
  /** Question -> the answer that was accepted first. */
  readonly accepted: Map<string, string>;
}

const topic = 'ar.v1';
const group = 'tributary-transform';
const askedAgainMs = 60_000;

/**
 * Questions of flows, their dead letters, and people who answer late, twice, differently or with what is not offered. States of letters, the
 * check of an answer and the record that is given back are those of recon, from its build; route reads answers as libs/mapping does.
 */
export class Desk {
  /** Fact -> what came of its questions. */
  readonly decided = new Map<string, 'post' | 'skip'>();
  private orders = 0;

  constructor(
    private readonly shared: Shared,
    private readonly steps: AnswerDesk,
    private readonly post: (fact: StoryFact) => void,
  ) {}

  /** Route reads the fact. */
  arrive(fact: StoryFact): void {
    this.route({ fact, letters: [], closures: [], ordered: new Set(), accepted: new Map() }, {});
  }

  /** @returns false when the fact is dead-lettered with a question. */
  private route(about: Case, headers: Readonly<Record<string, string>>): boolean {
    const answers = JSON.parse(headers.tributary_answers ?? '{}') as Record<string, string>;
    for (const { code, answers: offered } of about.fact.questions) {
      const given = this.shared.core.duties.answersByQuestion ? answers[code] : Object.values(answers).at(-1);
      if (given === undefined || !offered.includes(given)) {
        this.ask(about, code, offered, headers);
        return false;
      }
      if (given === 'skip') return this.end(about, 'skip');
    }
    return this.end(about, 'post');
  }

  private ask(about: Case, code: string, offered: readonly string[], kept: Readonly<Record<string, string>>): void {
    const { engine, dice, storm } = this.shared;
    const order = BigInt(about.letters.length);
    const context = JSON.stringify({ question: code, answers: offered.join(', ') });
    const headers = { ...kept, tributary_error_context: context, tributary_error_code: code };
    const id = this.steps.letterId(`${topic}/${about.fact.id}`, 0, order);
    about.letters.push({ id, order, deadAtMs: engine.now, code, headers });
    const afterMs = storm.strikes('answered-late', 0.4) ? dice.between(600_000, 1_500_000) : dice.between(5_000, 300_000);
    engine.at(engine.now + afterMs, () => this.answer(about, id, offered));
    if (storm.strikes('answered-twice', 0.5))
      engine.at(engine.now + afterMs + dice.between(-4_000, 120_000), () => this.order(about, id, dice.pick(offered)));
  }

  /** A person answers; one that is told that the answer is not offered tries once more. */
  private answer(about: Case, id: string, offered: readonly string[]): void {
    const { engine, dice, storm } = this.shared;
    if (storm.strikes('answered-wrongly', 0.3) && !this.order(about, id, 'maybe')) {
      engine.at(engine.now + askedAgainMs, () => this.order(about, id, dice.pick(offered)));
      return;
    }
    this.order(about, id, dice.pick(offered));
  }

  /** An order to replay the letter with an answer. @returns false when it is refused. */
  private order(about: Case, id: string, answer: string): boolean {
    const { engine, dice, core, storm } = this.shared;
    const letter = about.letters.find((one) => one.id === id);
    if (!letter) return false;
    const state = this.steps.letterStates(about.letters, about.closures, about.ordered).get(id)?.state;
    if (core.duties.refusesClosedLetters && state !== 'open') return false;
    if (this.steps.answerProblem(id, letter.headers, answer)) return false;
    about.ordered.add(id);
    if (!about.accepted.has(letter.code)) about.accepted.set(letter.code, answer);
    const item = this.steps.itemId(`ord_${(this.orders += 1)}`, id);
    const { headers } = this.steps.replayRecord({
      ...{ item, action: 'replay', reason: 'answered', reference: null, answer: { code: letter.code, text: answer } },
      ...{
        group,
        topic,
        partition: 0,
        offset: 0n,
        key: '',
        value: Buffer.alloc(0),
        headers: core.duties.keepsEarlierAnswers ? letter.headers : {},
      },
    });
    const give = (): void => this.give(about, item, headers);
    engine.at(engine.now + dice.between(100, 20_000), give);
    if (storm.strikes('redelivered', 0.3)) engine.at(engine.now + dice.between(100, 60_000), give);
    return true;
  }

  /** The group takes the record that is given back; each item once. */
  private give(about: Case, item: string, headers: Readonly<Record<string, string>>): void {
    const { now } = this.shared.engine;
    if (about.closures.some(({ itemId }) => itemId === item)) return;
    const isDone = this.route(about, headers);
    about.closures.push({ itemId: item, result: isDone ? 'replayed' : 'dead-again', closedAtMs: now });
  }

  private end({ fact, accepted }: Case, what: 'post' | 'skip'): true {
    const { wrongs } = this.shared.erp;
    const asked = fact.questions.map(({ code }) => [code, accepted.get(code)] as const);
    const [unanswered] = asked.find(([, answer]) => answer === undefined) ?? [];
    const isSkipped = asked.some(([, answer]) => answer === 'skip');
    if (what === 'post' && unanswered !== undefined) wrongs.push(`I2: ${fact.id} is posted, and nobody answered ${unanswered}`);
    if (what === 'post' && isSkipped) wrongs.push(`I2: ${fact.id} is posted, and a person said to skip it`);
    if (what === 'skip' && !isSkipped) wrongs.push(`I2: ${fact.id} is skipped, and nobody said so`);
    if (!this.decided.has(fact.id) && what === 'post') this.post(fact);
    else if (this.decided.get(fact.id) === 'skip' && what === 'post') this.post(fact);
    this.decided.set(fact.id, what);
    return true;
  }
}
