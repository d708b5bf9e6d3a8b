import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { setCompanyFormat, shownZone } from '../format/company-format.js';
import type { ReconShapes } from '../recon/api-shapes.js';
import { readRecord, readText } from '../recon/read-value.js';
import { getJson } from './http.js';
import { reconPath } from './recon-path.js';

/** Whose books these are, as recon says. */
export interface CompanySaid {
  readonly locale: string | null;
  readonly timeZone: string | null;
  /** Its code in the ERP. */
  readonly company: string | null;
  /** False: payments of Stripe's test mode. */
  readonly livemode: boolean | null;
  /** Zone of posting dates; that of the reader where recon does not tell any. */
  readonly ledgerZone: string;
}

/** A page waits for the format this long, ms; then it is drawn in that of the reader. */
const waitedMs = 2_000;

/** Whose books these are, and how a page that shows their amounts is drawn. */
export interface CompanyFormatState {
  readonly company: CompanySaid | undefined;
  /** What is drawn changes with it all at once; undefined: nothing is drawn yet, so that a page is not made twice at its start. */
  readonly drawnAs: 'known' | 'unknown' | undefined;
}

/** Reads whose books these are, and writes amounts and dates in their format. @param mayRead false: whoever reads may not, or is not signed in. */
export function useCompanyFormat(mayRead: boolean): CompanyFormatState {
  const [isLate, setLate] = useState(false);
  const { data, isError } = useQuery({
    queryKey: ['company-format'],
    queryFn: ({ signal }) => getJson(reconPath('/company-format', {}), signal),
    select: readCompany,
    staleTime: Infinity,
    enabled: mayRead,
  });
  // While drawing: what is drawn below already uses it.
  useMemo(() => setCompanyFormat(data ?? { locale: null, timeZone: null }), [data]);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), waitedMs);
    return () => clearTimeout(timer);
  }, []);
  return { company: data, drawnAs: data ? 'known' : !mayRead || isError || isLate ? 'unknown' : undefined };
}

function readCompany(value: unknown): CompanySaid {
  const { locale, timeZone, company, livemode, ledgerZone } = readRecord<ReconShapes['CompanyFormatView']>(value);
  return {
    locale: readText(locale),
    timeZone: readText(timeZone),
    company: readText(company),
    livemode: typeof livemode === 'boolean' ? livemode : null,
    ledgerZone: readText(ledgerZone) ?? readText(timeZone) ?? shownZone(),
  };
}
