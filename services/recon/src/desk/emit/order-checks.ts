import { Injectable } from '@nestjs/common';
import type { PostingRequested } from '@tributary/contracts';
import { events } from '@tributary/contracts';
import { localIdentity } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { shownChanges } from '../decide/shown-changes.js';
import { sortedByHand } from '../decide/by-hand.js';
import type { ByHand, LookedUp } from '../decide/by-hand.js';
import { answerProblem } from '../decide/question.js';
import { reconGroup } from '../../recon.topics.js';
import { DeadLetterInspector } from './dead-letter.inspector.js';
import { LedgerLookup } from './ledger-lookup.js';
import { OrderRefusedError } from './order.errors.js';

/** What was found out about an order before it is made: why it needs a second person, and what the audit trail keeps. */
export interface Checked {
  readonly approvalReasons: readonly string[];
  readonly details: Readonly<Record<string, unknown>>;
  readonly edited?: Buffer;
}

/** Most letters that one order resolves: each is read, and looked up in its ledger. */
export const mostByHand = 200;
/** How many are looked up at once. */
const atOnce = 4;

/** Checks of orders about single letters, which need to read them. */
@Injectable()
export class OrderChecks {
  constructor(
    private readonly inspector: DeadLetterInspector,
    private readonly ledger: LedgerLookup,
  ) {}

  /** Checks an edit: it has to fit, and what it changes about money waits for a second person. */
  async edit(id: string, json: unknown): Promise<Checked> {
    const { bytes, paths, money } = await this.inspector.edit(id, json);
    const shown = shownChanges(money);
    const reasons =
      money.length === 0
        ? []
        : [`it changes money: ${shown.map(({ path, before, after }) => `${path || 'all of it'} from ${before} to ${after}`).join(', ')}`];
    // Values of other fields may be a person's name or address, which the trail could not forget (docs/adr/0049).
    return { approvalReasons: reasons, details: { edit: { letter: id, fields: paths, money: shown } }, edited: bytes };
  }

  /**
   * Looks the document up that is said to stand for a letter. Only a posting request corresponds to one document of the ERP.
   * @param isAccepted somebody wants it believed although the ledger does not say so.
   */
  async resolve(
    id: string,
    { named, isAccepted, identity }: { named: Readonly<Record<string, string>>; isAccepted: boolean; identity: Identity },
  ): Promise<Checked> {
    const { topic, eventType, value } = await this.inspector.decoded(id);
    if (eventType !== events.postingRequested.type)
      throw new OrderRefusedError(
        409,
        'order.not-a-posting',
        `Dead letter ${id} is of ${topic}: only a posting request can be resolved with a document. Replay or skip it.`,
      );
    if (value === undefined)
      throw new OrderRefusedError(
        409,
        'dead-letter.unreadable',
        `Dead letter ${id} cannot be read, so no document can be compared with it. Skip it.`,
      );
    const evidence = await this.ledger.evidence(value as PostingRequested, named);
    const details = { ledger: evidence };
    if (evidence.kind === 'agrees') return { approvalReasons: [], details };
    if (!isAccepted)
      throw new OrderRefusedError(
        409,
        `resolve.${evidence.kind}`,
        `Not believed: ${evidence.text}. Nothing was ordered. Correct it in the ERP, or order it with acceptDifference (--accept-difference): then somebody else has to approve it.`,
      );
    const reasons = [`the ledger does not say so: ${evidence.text}`];
    // Where nobody signs in there is no second person. Which customer it is may be said there all the same; where money went may not.
    const isAlone = identity.subject === localIdentity.subject && (value as PostingRequested).amount === null;
    return { approvalReasons: isAlone ? [] : reasons, details: { ...details, accepted: reasons } };
  }

  /**
   * Looks up what is said to have been put right by hand. @throws {OrderRefusedError} when that is too much for one order, when a ledger does
   * not answer, and when the ledgers show none of it.
   */
  async byHand(ids: readonly string[]): Promise<ByHand> {
    if (ids.length > mostByHand)
      throw new OrderRefusedError(
        413,
        'order.too-large',
        `${ids.length} dead letters match, and each is looked up in its ledger: at most ${mostByHand} at once. Narrow it down, by sequence or by time.`,
      );
    const looked: LookedUp[] = [];
    for (let start = 0; start < ids.length; start += atOnce)
      looked.push(...(await Promise.all(ids.slice(start, start + atOnce).map((id) => this.lookedUp(id)))));
    const sorted = sortedByHand(looked);
    const [first] = sorted.leftOut;
    if (sorted.ids.length > 0 || !first) return sorted;
    const all = ids.length === 1 ? 'Not believed' : `None of the ${ids.length} is shown. The first one`;
    throw new OrderRefusedError(
      409,
      'resolve.not-there',
      `${all}: ${first.text}. Nothing was ordered. A document that does not have the posting key is resolved alone, by its own keys.`,
    );
  }

  private async lookedUp(letter: string): Promise<LookedUp> {
    const { eventType, value, group } = await this.inspector.decoded(letter);
    if (eventType !== events.postingRequested.type || group === reconGroup) return { letter, kind: 'word' };
    if (value === undefined)
      return { letter, kind: 'not-shown', text: `dead letter ${letter} cannot be read, so nothing can be looked up` };
    const evidence = await this.ledger.evidence(value as PostingRequested, {});
    return evidence.kind === 'agrees'
      ? { letter, kind: 'document', reference: evidence.reference }
      : { letter, kind: 'not-shown', text: evidence.text };
  }

  /** An answer that the question does not offer would only die again. What is closed is refused by the order itself. */
  async answers(ids: readonly string[], answer: string): Promise<void> {
    for (const id of ids) {
      const { headers, state } = await this.inspector.decoded(id);
      const problem = state === 'open' ? answerProblem(id, headers, answer) : undefined;
      if (problem) throw new OrderRefusedError(409, problem.code, problem.text);
    }
  }
}
