/**
 * The prose of a file: everything else is blanked with spaces, so that lines and columns stay those of the file.
 * Prose is what a person reads as sentences: comments, and texts with at least two spaces; in Markdown everything but code.
 */

/** Extensions that are read, by how their prose is found. */
const readers: Readonly<Record<string, (text: string) => string>> = {
  '.ts': proseOfScript,
  '.tsx': proseOfScript,
  '.mjs': proseOfScript,
  '.md': proseOfMarkdown,
  '.yaml': proseOfHashComments,
  '.yml': proseOfHashComments,
};

/** @returns undefined for a file that has no prose of ours. */
export function proseOf(path: string, text: string): string | undefined {
  const extension = /\.[a-z]+$/.exec(path)?.[0] ?? '';
  const reader = Object.hasOwn(readers, extension) ? readers[extension] : undefined;
  return reader && withoutCode(reader(text));
}

/** Paths, addresses, `code`, {@link tags}, identifiers with a capital or a digit inside, and words joined by dots or underscores. */
const code = [
  /`[^`\n]*`/g,
  /https?:\/\/\S+/g,
  /\{@\w+[^}]*\}/g,
  /\$\{[^}\n]*\}?/g,
  /@[\w/.-]+/g,
  /--[\w-]+/g,
  /(?!cspell:)(?<![\w-])[^\s\w]*[\w-]+[./:_=\\][\w-]+\S*/g,
  /(?<![\p{L}\p{N}])\p{L}*(\p{Ll}\p{Lu}|\p{N})[\p{L}\p{N}]*/gu,
  /\b\w+\(\)?/g,
];

function withoutCode(text: string): string {
  return code.reduce((rest, pattern) => rest.replace(pattern, blank), text);
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}

/** Fenced and indented blocks are code; so are the addresses of links. */
function proseOfMarkdown(text: string): string {
  return text
    .replace(/^(```|~~~)[\s\S]*?^\1/gm, blank)
    .replace(/^( {4}|\t).*$/gm, blank)
    .replace(/\]\([^)]*\)/g, blank);
}

function proseOfHashComments(text: string): string {
  return text.replace(/^([^#\n]*)(#.*)?$/gm, (_line, before: string, comment: string | undefined) => blank(before) + (comment ?? ''));
}

/** A hand-written scanner of comments and texts: enough for our own sources, which the linter keeps plain. */
function proseOfScript(text: string): string {
  const token =
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`|(?<=[=(,:[!&|?{};]\s*)\/(?![*/])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/g;
  let prose = '';
  let end = 0;
  for (const match of text.matchAll(token)) {
    prose += blank(text.slice(end, match.index)) + (isProse(match[0]) ? proseOfToken(match[0]) : blank(match[0]));
    end = match.index + match[0].length;
  }
  return prose + blank(text.slice(end));
}

function isProse(token: string): boolean {
  if (token.startsWith('/')) return token.startsWith('/*') || token.startsWith('//');
  return (
    (token.match(/[\p{L},.:;] +\p{L}/gu) ?? []).length >= 2 && !/^.\s*(select|insert|update|create|alter|delete|drop|with)\s/i.test(token)
  );
}

/** The marks of a text are no prose; a template keeps its lines. */
function proseOfToken(token: string): string {
  return /^['"`]/.test(token) ? ` ${token.slice(1, -1).replace(/\\[a-z]/g, '  ')} ` : token.replace(/eslint-disable[^\n*]*/g, blank);
}
