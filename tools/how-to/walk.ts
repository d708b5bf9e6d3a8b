/** One step of a walk: a new file, a file written anew, lines below a line of a file, or a command. */
export type Step =
  | { readonly kind: 'create'; readonly file: string; readonly text: string }
  | { readonly kind: 'replace'; readonly file: string; readonly text: string }
  | { readonly kind: 'insert'; readonly file: string; readonly after: string; readonly text: string }
  | { readonly kind: 'run'; readonly command: string };

const fence = /^```(\S*)(.*)\n([\s\S]*?)^```$/gm;

/** The steps of a walk, in order. @throws {Error} for a block that says something else. */
export function stepsOf(markdown: string): Step[] {
  return [...markdown.matchAll(fence)].flatMap(([, language = '', words = '', text = '']): Step[] => {
    const whole = /^ (create|replace) (\S+)$/.exec(words);
    if (whole) return [{ kind: whole[1] as 'create' | 'replace', file: whole[2] as string, text }];
    const insert = /^ insert (\S+) after (.+)$/.exec(words);
    if (insert) return [{ kind: 'insert', file: insert[1] as string, after: insert[2] as string, text }];
    if (language === 'sh' && words === '')
      return text
        .trim()
        .split('\n')
        .map((command) => ({ kind: 'run', command }));
    throw new Error(`a block of a walk is neither create, replace, insert nor sh: ${language}${words}`);
  });
}

/** `text` with `lines` below the first line that contains `after`. @throws {Error} when no line does. */
export function inserted(text: string, after: string, lines: string): string {
  const all = text.split('\n');
  const at = all.findIndex((line) => line.includes(after));
  if (at < 0) throw new Error(`no line contains "${after}"`);
  return [...all.slice(0, at + 1), lines.replace(/\n$/, ''), ...all.slice(at + 1)].join('\n');
}

/** Paths of the repository that a text names in backticks. */
export function pathsIn(markdown: string): string[] {
  return [...markdown.matchAll(/`((?:docs|libs|services|assets|proof|tools|emulators)\/[\w./-]+)`/g)].map(([, path]) => path as string);
}

/** Commands that a text names in backticks, as npm scripts: `contracts:generate` of `npm run contracts:generate`. */
export function npmScriptsIn(markdown: string): string[] {
  return [...markdown.matchAll(/`npm (?:run (?:-s )?)?([\w:-]+)[^`]*`/g)].map(([, script]) => script as string);
}
