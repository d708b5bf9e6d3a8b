import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { setCompanyFormat, shownZone } from '../format/company-format.js';
import type { ReconShapes } from '../api/documents.js';
import type { Sent } from '../api/sent.js';
import { readFlag, readRecord, readText } from '../recon/read-value.js';
import { onceOf } from './query.js';

/** Whose books these are, as recon says: its code in the ERP, and the zone of posting dates. `livemode` false: payments of Stripe's test mode. */
export type CompanySaid = ReturnType<typeof readCompany>;

/** A page waits for the format this long, ms; then it is drawn in that of the reader. */
const waitedMs = 2_000;

/** Whose books these are, and how a page that shows their amounts is drawn. */
export interface CompanyFormatState {
  readonly company: CompanySaid | undefined;
  /** What is drawn changes with it all at once; undefined: nothing is drawn yet, so that a page is not made twice at its start. */
  readonly drawnAs: 'known' | 'unknown' | undefined;
}

/**
 * Reads whose books these are, and writes amounts and dates in their format. A page that was drawn without it stays as it is until the next one: drawn
 * anew it would lose the focus and what is typed.
 * @param mayRead false: whoever reads may not, or is not signed in. @param path of the page.
 */
export function useCompanyFormat(mayRead: boolean, path: string): CompanyFormatState {
  const [isLate, setLate] = useState(false);
  const { data, isError } = useQuery({ ...companyQuery(), enabled: mayRead });
  const drawn = useRef<Drawn>({ as: undefined, mayRead, path });
  const stays = drawn.current.as === 'unknown' && drawn.current.mayRead === mayRead && drawn.current.path === path;
  if (!stays) drawn.current = { as: data ? 'known' : !mayRead || isError || isLate ? 'unknown' : undefined, mayRead, path };
  const { as } = drawn.current;
  // While drawing: what is drawn below already uses it.
  useMemo(() => setCompanyFormat((as === 'known' ? data : undefined) ?? { locale: null, timeZone: null }), [as, data]);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), waitedMs);
    return () => clearTimeout(timer);
  }, []);
  return { company: data, drawnAs: as };
}

interface Drawn {
  readonly as: CompanyFormatState['drawnAs'];
  readonly mayRead: boolean;
  readonly path: string;
}

/** What asks for it, once. */
export function companyQuery() {
  return { ...onceOf('/api/company-format', {}), select: readCompany };
}

function readCompany(value: Sent<ReconShapes['CompanyFormatView']>) {
  const { locale, timeZone, company, livemode, ledgerZone } = readRecord(value);
  return {
    locale: readText(locale),
    timeZone: readText(timeZone),
    company: readText(company),
    livemode: readText(livemode) === null ? null : readFlag(livemode),
    ledgerZone: readText(ledgerZone) ?? readText(timeZone) ?? shownZone(),
  };
}
