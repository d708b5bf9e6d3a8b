import type { AssetFile } from '../assets/asset-reader.js';
import type { Flow } from '../assets/flow.js';
import type { PostingProfile } from '../assets/posting-profile.js';
import type { AssetProblem } from '../problem.js';

/** Shortest part of a target kind's name that is searched for; shorter parts occur as ordinary words. */
const shortestName = 4;

/** Checks that a shared flow names no kind of target: it has to use can() for what an ERP cannot do. */
export function checkSharedFlows(files: readonly AssetFile[], flows: Iterable<Flow>, profiles: Iterable<PostingProfile>): AssetProblem[] {
  const names = new Set([...profiles].flatMap(({ books }) => [books.erp ?? '', ...(books.erp ?? '').split('-')]));
  const words = [...names].filter((name) => name.length >= shortestName).sort((a, b) => b.length - a.length);
  if (words.length === 0) return [];
  const shared = new Set([...flows].flatMap(({ role }) => role?.path ?? []));
  const pattern = new RegExp(words.map((word) => word.replace(/[^\w-]/g, '\\$&')).join('|'), 'i');
  return files
    .filter(({ path }) => shared.has(path))
    .flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, index) => {
        const found = pattern.exec(line);
        const message = `expected no name of an ERP in a flow that profiles share; got "${found?.[0]}". Ask can() for what not every ERP does`;
        return found ? [{ path, line: index + 1, column: found.index + 1, message }] : [];
      }),
    );
}
