import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { LetterCommentView, LetterPersonView } from '@tributary/contracts';
import { payloadsOf, withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { appendAudit } from '../../audit/emit/append-audit.js';
import type { AuditEntry } from '../../audit/decide/audit-row.js';
import type { Caller } from '../../shared/decide/caller.js';
import { overwritten } from '../../shared/decide/overwritten-text.js';
import { commentTexts, sealedText, shownText } from '../../shared/emit/view-payloads.js';
import { targetOfTopic } from '../decide/order-targets.js';
import { OrderRefusedError } from './order.errors.js';

/** Most comments of one letter. */
const mostComments = 500;

interface CommentRow {
  readonly id: string;
  readonly text: string;
  readonly author_subject: string;
  readonly author_name: string;
  readonly written_at: Date;
}

/** What people say about a dead letter, and who looks after it. Each is stored together with its row in the audit trail. */
@Injectable()
export class LetterTalk {
  constructor(private readonly dataSource: DataSource) {}

  /** Comments of a letter, oldest first. */
  async comments(letterId: string): Promise<LetterCommentView[]> {
    const rows = await withDatabase('reading comments', () =>
      this.dataSource.query<CommentRow[]>(
        `select id, text, author_subject, author_name, written_at from recon.dead_letter_comment where letter_id = $1 order by place`,
        [letterId],
      ),
    );
    const cipher = payloadsOf(this.dataSource);
    return rows.map(({ id, text, author_subject: subject, author_name: name, written_at: at }) => ({
      ...{ id, at: at.toISOString(), by: { subject, name } },
      text: text === overwritten ? null : shownText(cipher, { table: commentTexts, column: 'text' }, [id], text),
    }));
  }

  /** Adds a comment. The trail has that it was written and how long it is: the text may be about a person, and has to be erasable. */
  comment(letterId: string, text: string, caller: Caller): Promise<LetterCommentView> {
    const { subject, name } = caller.identity;
    const id = `com_${randomUUID()}`;
    return this.inTransaction('storing a comment', async (manager) => {
      const [row] = await manager.query<{ count: number }[]>(
        `select count(*)::int as count from recon.dead_letter_comment where letter_id = $1`,
        [letterId],
      );
      if (row && row.count >= mostComments)
        throw new OrderRefusedError(409, 'comment.too-many', `Dead letter ${letterId} has ${mostComments} comments, which is the most.`);
      const [stored] = await manager.query<{ written_at: Date }[]>(
        `insert into recon.dead_letter_comment (id, letter_id, text, author_subject, author_name) values ($1, $2, $3, $4, $5) returning written_at`,
        [id, letterId, sealedText(payloadsOf(manager), { table: commentTexts, column: 'text' }, [id], text), subject, name],
      );
      await this.audit(manager, letterId, caller, { action: 'letter.commented', details: { comment: id, characters: text.length } });
      return { id, at: stored?.written_at.toISOString() ?? '', by: { subject, name }, text };
    });
  }

  /**
   * Says who looks after a letter; null: nobody.
   * @param replaces subject of whom the asker saw it assigned to. @throws {OrderRefusedError} 409 when it is not theirs any more.
   */
  assign(
    letterId: string,
    { to, replaces }: { readonly to: LetterPersonView | null; readonly replaces: string | null },
    caller: Caller,
  ): Promise<LetterPersonView | null> {
    return this.inTransaction('storing an assignment', async (manager) => {
      await manager.query(`select pg_advisory_xact_lock(hashtext('tributary letter assignment'), hashtext($1))`, [letterId]);
      const [now] = await manager.query<LetterPersonView[]>(`select subject, name from recon.dead_letter_assignment where letter_id = $1`, [
        letterId,
      ]);
      if ((now?.subject ?? null) !== replaces)
        throw new OrderRefusedError(
          409,
          'assignment.changed',
          `Somebody was quicker: dead letter ${letterId} is ${now ? `assigned to ${now.name}` : 'assigned to nobody'} by now. Nothing was changed.`,
        );
      if ((to?.subject ?? null) === replaces) return to;
      await this.store(manager, letterId, to, caller);
      const details = { assignee: to, replaces: now ?? null };
      await this.audit(manager, letterId, caller, { action: to ? 'letter.assigned' : 'letter.unassigned', details });
      return to;
    });
  }

  private async store(manager: EntityManager, letterId: string, to: LetterPersonView | null, { identity }: Caller): Promise<void> {
    if (to === null) await manager.query(`delete from recon.dead_letter_assignment where letter_id = $1`, [letterId]);
    else
      await manager.query(
        `insert into recon.dead_letter_assignment (letter_id, subject, name, assigned_by) values ($1, $2, $3, $4)
         on conflict (letter_id) do update set subject = excluded.subject, name = excluded.name, assigned_by = excluded.assigned_by, assigned_at = now()`,
        [letterId, to.subject, to.name, identity.subject],
      );
  }

  private async audit(
    manager: EntityManager,
    letterId: string,
    { identity, address }: Caller,
    what: Pick<AuditEntry, 'action' | 'details'>,
  ): Promise<void> {
    const [letter] = await manager.query<{ source_topic: string | null }[]>(`select source_topic from recon.dead_letter where id = $1`, [
      letterId,
    ]);
    const target = targetOfTopic(letter?.source_topic ?? null) ?? null;
    await appendAudit(manager, {
      ...{ subject: identity.subject, name: identity.name, object: `letter:${letterId}`, target, reason: null, address },
      ...what,
    });
  }

  private inTransaction<T>(doing: string, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return withDatabase(doing, () => this.dataSource.transaction(work));
  }
}
