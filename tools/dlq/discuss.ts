import type { LetterAssignmentView, LetterCase, LetterCommentView, NewLetterAssignment, NewLetterComment } from '@tributary/contracts';
import { allVisible } from './all-visible.js';
import { idOf, UsageError } from './arguments.js';
import type { CommandLine } from './arguments.js';
import type { CommandContext } from './command-context.js';

/** `dlq comment <id> [--text ...]`: says something about a dead letter, or shows what was said. */
export async function comment(line: CommandLine, { ask, terminal }: CommandContext): Promise<number> {
  const id = idOf(line);
  const { text, json } = line.options;
  if (text !== undefined) {
    const said = await ask<LetterCommentView>('POST', `${letterPath(id)}/comments`, { text } satisfies NewLetterComment);
    terminal.out(json ? JSON.stringify(said) : commentsText([said]));
    return 0;
  }
  const { comments } = await ask<LetterCase>('GET', `${letterPath(id)}/case`);
  terminal.out(json ? JSON.stringify(comments) : commentsText(comments));
  return 0;
}

/** `dlq assign <id> <me | nobody | subject>`: what it replaces is asked for first, so that whoever is quicker is not overwritten. */
export async function assign({ ids, options }: CommandLine, { ask, terminal }: CommandContext): Promise<number> {
  const [id, who] = ids;
  if (id === undefined || who === undefined) throw new UsageError('Which dead letter, and who? me, nobody, or the subject of a person.');
  const { letter } = await ask<LetterCase>('GET', `${letterPath(id)}/case`);
  const assignee = who === 'me' ? 'me' : who === 'nobody' ? null : { subject: who, name: options.name ?? who };
  const body: NewLetterAssignment = { assignee, replaces: letter.assignee?.subject ?? null };
  const answer = await ask<LetterAssignmentView>('POST', `${letterPath(id)}/assignment`, body);
  const [name] = allVisible([answer.assignee?.name ?? 'nobody']);
  terminal.out(options.json ? JSON.stringify(answer) : `${id} is assigned to ${name}.`);
  return 0;
}

/** Comments, oldest first, one after the other. */
export function commentsText(comments: readonly LetterCommentView[]): string {
  if (comments.length === 0) return 'Nothing was said about it yet.';
  return comments
    .map(({ at, by, text }) => {
      const [name, ...lines] = allVisible([by.name, ...(text ?? '(deleted)').split('\n')]);
      return [`${at}  ${name ?? ''}`, ...lines.map((one) => `  ${one}`)].join('\n');
    })
    .join('\n');
}

const letterPath = (id: string): string => `/dead-letters/${encodeURIComponent(id)}`;
