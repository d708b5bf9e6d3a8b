import type { AnswerOf, PathOf, ReconShapes } from '../../api/documents.js';
import type { Labels } from '../../components/chip.js';
import type { Unit } from '../../components/figure.js';
import type { FilterField } from '../../components/filter-form.js';

/** A column of a list: its field in recon's rows, and how the value is displayed. */
export interface Column {
  readonly title: string;
  readonly field: string;
  readonly as: 'text' | 'id' | 'link' | 'time' | 'count' | 'amount' | 'state' | 'person';
  readonly labels?: Labels;
  /** The page that a value leads to; undefined for a value that has none. */
  readonly leadsTo?: (value: string) => string | undefined;
}

type Reads = PathOf<'get'>;
type RowOf<List> = List extends readonly (infer Row)[] ? Row : never;

/** Paths that answer lists page by page. */
export type ListPath = { [Path in Reads]: AnswerOf<Path> extends { readonly next: string | null } ? Path : never }[Reads];

type SumPath = { [Path in Reads]: AnswerOf<Path> extends ReconShapes['SumView'] ? Path : never }[Reads];

/** One list of recon as a page: its path, the name of the field that holds its rows, its filters and its columns. */
export interface RecordList {
  readonly title: string;
  readonly unit: Unit;
  readonly path: ListPath;
  readonly rows: string;
  readonly filters: readonly FilterField[];
  /** Request of recon that answers with the whole list as a CSV file. */
  readonly file?: Extract<Reads, `${string}.csv`>;
  /** Request of recon that counts and sums the whole list. */
  readonly totals?: SumPath;
  readonly columns: readonly Column[];
  readonly none: string;
}

/** A filter that is typed. */
export const text = (name: string, label: string, hint?: string): FilterField => ({ name, label, as: 'text', ...(hint ? { hint } : {}) });
/** A filter that is chosen. */
export const choice = (name: string, label: string, choices: Labels): FilterField => ({ name, label, as: 'choice', choices });
/** A range of time, in days. */
export const days: readonly FilterField[] = [
  { name: 'from', label: 'From', as: 'day' },
  { name: 'to', label: 'Before', as: 'day' },
];
/** The currency of the amounts. */
export const currency = text('currency', 'Currency', 'EUR');

/** A list whose rows and columns are fields of what recon's document says of its path. */
export function recordList<Path extends ListPath, Name extends keyof AnswerOf<Path> & string>(
  list: RecordList & {
    readonly path: Path;
    readonly rows: Name;
    readonly columns: readonly (Column & { readonly field: keyof RowOf<AnswerOf<Path>[Name]> })[];
  },
): RecordList & { readonly path: Path } {
  return list;
}
