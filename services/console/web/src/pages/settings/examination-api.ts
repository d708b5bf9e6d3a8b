import { useQuery } from '@tanstack/react-query';
import type { ReconShapes } from '../../api/documents.js';
import { useAction } from '../../identity/use-action.js';
import { readerOf, readList, readMaybe, readNumber, readText } from '../../recon/read-value.js';
import { messageOf, order } from '../../shell/http.js';
import { queryClient, queryOf } from '../../shell/query.js';

/** How often an examination that runs is asked whether it has ended, ms. */
const askedEveryMs = 1_000;

/** An examination as the page shows it. */
export type Examination = ReturnType<typeof readExamination>;
/** What an examination found. */
export type Finding = ReturnType<typeof readFinding>;

const readFinding = readerOf<ReconShapes['InstallationFindingView']>()({
  code: readText,
  level: readText,
  about: readText,
  text: readText,
  action: readText,
  page: readText,
});
const readResult = readerOf<ReconShapes['InstallationExaminationResult']>()({
  endedAt: readText,
  startedBy: readText,
  findings: (value) => readList(value, readFinding),
  leftOut: readNumber,
});
const readRun = readerOf<NonNullable<ReconShapes['InstallationExaminationView']['running']>>()({ startedBy: readText });

/** Reads whatever recon answered about the examination. */
export const readExamination = readerOf<ReconShapes['InstallationExaminationView']>()({
  running: (value) => readMaybe(value, readRun),
  last: (value) => readMaybe(value, readResult),
  problem: readText,
});

/** The last examination, and a way to start one. */
export function useExamination() {
  const { busy, problem, run } = useAction();
  const query = queryOf('/api/installation/examination', {});
  const { data, error } = useQuery({
    ...query,
    select: readExamination,
    refetchInterval: ({ state }) => (state.data && readExamination(state.data).running ? askedEveryMs : false),
  });
  const start = (): void =>
    run(async () => {
      queryClient.setQueryData(query.queryKey, await order('post', '/api/installation/examination', {}, undefined));
    });
  return { data, problem: problem ?? (error ? messageOf(error) : undefined), busy, start };
}

/** A piece of what to do: a text, a name of something to type, or a page of the documentation. */
export interface ActionPart {
  readonly kind: 'text' | 'code' | 'page';
  readonly text: string;
}

/** What to do, in pieces: of a link its text, then the page from the root of the repository. */
export function actionParts(action: string): readonly ActionPart[] {
  return action
    .split(/(`[^`]*`|\[[^\]]*\]\([^)\s]*\))/)
    .filter((piece) => piece !== '')
    .flatMap((piece): ActionPart[] => {
      const [, label = '', page] = /^\[([^\]]*)\]\(([^)\s]*)\)$/.exec(piece) ?? [];
      if (page !== undefined)
        return [
          { kind: 'text', text: `${label} (` },
          { kind: 'page', text: `docs/${page}` },
          { kind: 'text', text: ')' },
        ];
      return /^`[^`]*`$/.test(piece) ? [{ kind: 'code', text: piece.slice(1, -1) }] : [{ kind: 'text', text: piece }];
    });
}
