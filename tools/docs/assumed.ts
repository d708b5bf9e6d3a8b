import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../contracts/workspace.js';

/** A source file of an emulator: path below the root, and text. */
export interface EmulatorSource {
  readonly file: string;
  readonly text: string;
}

/** The sources of all emulators, without tests. */
export function emulatorSources(): EmulatorSource[] {
  const isTest = (path: string): boolean => /\.spec\.ts$|\.int-spec\.ts$|\/testing\//.test(path);
  return globSync('emulators/*/src/**/*.ts', { cwd: root })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !isTest(path))
    .sort()
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
}

/** The comments of a file, as running text; lines of `//` that follow each other are one comment. */
function commentsIn(text: string): string[] {
  const scanner = ts.createScanner(ts.ScriptTarget.ES2023, false, ts.LanguageVariant.Standard, text);
  const comments: string[] = [];
  let lineComment: string | undefined;
  const endLines = (): void => {
    if (lineComment !== undefined) comments.push(lineComment);
    lineComment = undefined;
  };
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    const token = scanner.getTokenText();
    if (kind === ts.SyntaxKind.SingleLineCommentTrivia) lineComment = `${lineComment ?? ''} ${token.replace(/^\/\/+/, '')}`;
    else if (kind === ts.SyntaxKind.MultiLineCommentTrivia) comments.push(token.replace(/^\/\*+|\*+\/$/g, '').replace(/^\s*\*/gm, ''));
    else if (kind !== ts.SyntaxKind.NewLineTrivia && kind !== ts.SyntaxKind.WhitespaceTrivia) endLines();
  }
  endLines();
  return comments.map((comment) => comment.replace(/\s+/g, ' ').trim());
}

const sentenceEnd = /(?<=[.!?])\s+(?=[A-Z`'"@(])/;

/** A sentence shorter than this, characters, is shown with the one before it: alone it says nothing. */
const shortSentence = 40;

/** The sentences of a file's comments that say that something is assumed, in their order. */
export function assumptionsIn(text: string): string[] {
  return commentsIn(text).flatMap((comment) => {
    const sentences = comment.split(sentenceEnd).map((sentence) => sentence.replace(/^@\w+ /, '').trim());
    return sentences.flatMap((sentence, index) => {
      if (!/\bassumed\b/i.test(sentence)) return [];
      return [sentence.length < shortSentence && index > 0 ? `${sentences[index - 1]} ${sentence}` : sentence];
    });
  });
}

/** docs/reference/assumed.md: what the emulators do without a source for it. */
export function renderAssumed(sources: readonly EmulatorSource[]): string {
  const emulators = new Map<string, string[]>();
  for (const { file, text } of sources) {
    const found = assumptionsIn(text);
    if (found.length === 0) continue;
    const [, emulator = ''] = file.split('/');
    const lines = [`### \`${file}\``, '', ...found.map((sentence) => `- ${sentence.replaceAll('<', '\\<')}`), ''];
    emulators.set(emulator, [...(emulators.get(emulator) ?? []), ...lines]);
  }
  const parts = [...emulators].flatMap(([emulator, lines]) => [`## ${emulator}`, '', ...lines]);
  return [
    '# What the emulators assume',
    '',
    'Generated from the comments of the emulators by `npm run docs:generate`; do not edit.',
    '',
    'The emulators are written from public sources. Where none says what the real system does, they assume something, and say so at that place. Whoever has',
    'the real system compares this page with it first: each line is a place where an emulator may agree with us and not with the system.',
    'Section numbers are those of the reference page of the system in this folder; `SNO` is a source named there.',
    '',
    ...parts,
  ].join('\n');
}
