import { hrefOf } from '../shell/address.js';
import { pageLinks } from '../shell/rows.js';
import { choosePageSize, pageSizes, usePageSize } from '../shell/page-size.js';
import { groupedDigits } from '../format/text.js';
import { Link } from './link.js';

interface Props {
  /** Address of the list. */
  readonly path: string;
  readonly filters: Readonly<Record<string, string | null>>;
  /** Cursors of the neighbours; null where there is none. */
  readonly page: { readonly next: string | null; readonly previous: string | null } | undefined;
  /** Whether another page than the first one is shown. */
  readonly isLater: boolean;
  readonly label?: string;
}

/** Whether an address shows another page of a list than the first one. */
export const isLater = ({ after, before }: { readonly after?: string | null; readonly before?: string | null }): boolean =>
  Boolean(after ?? before);

/** Links to the pages around the shown one. Pages go by keys: new rows do not shift them. */
export function ListPages({ path, filters, page, isLater, label = 'Pages of the list' }: Props) {
  const size = usePageSize();
  if (!isLater && !page?.next && size === pageSizes[0]) return null;
  const to = (cursor: Readonly<Record<string, string>>): string => hrefOf(path, { ...filters, after: null, before: null, ...cursor });
  return (
    <nav className="pages" aria-label={label}>
      {isLater && <Link href={to({})}>First page</Link>}
      {page?.previous && (
        <Link href={to({ before: page.previous })} name={pageLinks.previous}>
          Page before
        </Link>
      )}
      {page?.next && (
        <Link href={to({ after: page.next })} name={pageLinks.next}>
          Next page
        </Link>
      )}
      <PageSize size={size} />
    </nav>
  );
}

/** How many rows a page has, for every list of this browser. */
function PageSize({ size }: { readonly size: number }) {
  return (
    <label className="rows-of-page">
      Rows of a page{' '}
      <select value={String(size)} onChange={({ target }) => choosePageSize(target.value)}>
        {pageSizes.map((one) => (
          <option key={one} value={String(one)}>
            {groupedDigits(String(one))}
          </option>
        ))}
      </select>
    </label>
  );
}
