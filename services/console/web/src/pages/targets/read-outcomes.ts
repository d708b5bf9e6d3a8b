import type { ReconShapes } from '../../api/documents.js';
import type { Sent } from '../../api/sent.js';
import { readerOf, readList, readNumber, readWord } from '../../recon/read-value.js';

/** What became of postings, hour by hour: beginnings of the hours, the oldest first, and for each target a figure of each hour. */
export type TargetOutcomes = ReturnType<typeof readOutcomes>;
/** What became of the postings of one target, hour by hour. */
export type TargetHours = TargetOutcomes['targets'][number];

const readFigures = (value: Sent<readonly number[]>): number[] => readList(value, readNumber);

const readHours = readerOf<ReconShapes['TargetHoursView']>()({ target: readWord, written: readFigures, failed: readFigures });

/** Reads `GET /target-outcomes`, whatever came. */
export const readOutcomes = readerOf<ReconShapes['TargetOutcomesView']>()({
  hours: (value) => readList(value, readWord),
  targets: (value) => readList(value, readHours),
});
