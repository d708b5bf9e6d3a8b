import type { Query } from '@tanstack/react-query';
import { Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useMemo, useRef } from 'react';
import { routeOf } from '@tributary/console/routes';
import type { SignedIn } from '../identity/read-who-am-i.js';
import { recheck, useSession } from '../identity/session.js';
import { SignInDialog } from '../identity/sign-in-dialog.js';
import { SignInPage } from '../pages/sign-in/page.js';
import { useCompanyFormat } from './company-format.js';
import { ForbiddenPage } from './forbidden.js';
import { Frame } from './frame.js';
import { useLive } from './live.js';
import { mayDo, ShellContext } from './live-context.js';
import { identityChanged, queryClient, reconKey } from './query.js';
import { Rail } from './rail.js';
import { Section } from './section.js';
import { TopBar } from './top-bar.js';

/** The page in its frame, or the one for signing in. */
export function Console() {
  const { who, ended } = useSession();
  const atSignIn = useLocation({ select: ({ pathname }) => pathname === '/sign-in' });
  // Of a session that has ended, the page shows what its person saw, until they sign in again.
  const before = useRef<SignedIn | null>(null);
  if (who?.person) before.current = who.person;
  useEffect(() => void recheck(), []);
  if (!who) return <Frame bar={<TopBar />}>{<main aria-busy="true" />}</Frame>;
  if (atSignIn || (who.identityConfigured && !who.person && !ended))
    return (
      <Frame bar={<TopBar />}>
        <SignInPage />
      </Frame>
    );
  return (
    <>
      <SignedInConsole person={who.person ?? (ended ? before.current : null)} ended={ended} />
      {ended && <SignInDialog options={who.options} />}
    </>
  );
}

interface Props {
  /** Null: no identity is configured. Once the session has ended, who was signed in. */
  readonly person: SignedIn | null;
  readonly ended: boolean;
}

/** Bar, rooms and page with live figures. It stays while a session has ended, with what was typed in it. */
function SignedInConsole({ person, ended }: Props) {
  const path = useLocation({ select: ({ pathname }) => pathname });
  const mayRead = mayDo(person, 'payments.read');
  const live = useLive(ended || !mayRead);
  const { company, drawnAs } = useCompanyFormat(mayRead && !ended, path);
  const shell = useMemo(() => ({ live, person }), [live, person]);
  useReadAgain(live.snapshot?.asOf, ended);
  const needs = routeOf(path)?.route.needs;
  return (
    <ShellContext.Provider value={shell}>
      <Frame
        bar={<TopBar shell={mayRead ? shell : undefined} person={person} company={company} />}
        rail={<Rail person={person} current={path} />}
      >
        {drawnAs === undefined ? (
          <main aria-busy="true" />
        ) : (
          <Section key={drawnAs} what="This page" retryOn={path}>
            {person && needs !== undefined && !mayDo(person, needs) ? <ForbiddenPage person={person} permission={needs} /> : <Outlet />}
          </Section>
        )}
      </Frame>
    </ShellContext.Provider>
  );
}

/** What was asked for so long before the first figures is older than they are, ms. */
const outdatedMs = 5_000;
const isOutdated = ({ state }: Query): boolean =>
  state.status === 'error' || (state.status === 'success' && Date.now() - state.dataUpdatedAt > outdatedMs);

/** Reads again what is shown: when a figure has changed since the page was opened, and when somebody signed in again. */
function useReadAgain(asOf: string | null | undefined, ended: boolean): void {
  const read = useRef(asOf);
  useEffect(() => {
    const [before, isNew] = [read.current, read.current !== asOf];
    read.current = asOf;
    if (!isNew || ended) return;
    // The first figures are as old as what the page has just asked for.
    void queryClient.invalidateQueries({ queryKey: [reconKey], ...(before === undefined ? { predicate: isOutdated } : {}) });
  }, [asOf, ended]);
  const wasEnded = useRef(ended);
  useEffect(() => {
    const isBack = wasEnded.current && !ended;
    wasEnded.current = ended;
    if (!isBack) return;
    void identityChanged(); // what could not be read while nobody was signed in
    void queryClient.invalidateQueries({ queryKey: [reconKey] });
  }, [ended]);
}
