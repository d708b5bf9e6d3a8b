import { Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useMemo, useRef } from 'react';
import { routeOf } from '@tributary/console/routes';
import type { SignedIn } from '../identity/read-who-am-i.js';
import { recheck, useSession } from '../identity/session.js';
import { identityChanged } from '../identity/use-identity.js';
import { SignInDialog } from '../identity/sign-in-dialog.js';
import { SignInPage } from '../pages/sign-in/page.js';
import { useCompanyFormat } from './company-format.js';
import { ForbiddenPage } from './forbidden.js';
import { Frame } from './frame.js';
import { useLive } from './live.js';
import { mayDo, ShellContext } from './live-context.js';
import { queryClient, reconKey } from './query.js';
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
  const company = useCompanyFormat(mayRead && !ended);
  const shell = useMemo(() => ({ live, person }), [live, person]);
  const asOf = live.snapshot?.asOf;
  useEffect(() => {
    if (!ended) void queryClient.invalidateQueries({ queryKey: [reconKey] });
  }, [asOf, ended]);
  useEffect(() => {
    if (!ended) void identityChanged(); // what could not be read while nobody was signed in
  }, [ended]);
  const needs = routeOf(path)?.route.needs;
  return (
    <ShellContext.Provider value={shell}>
      <Frame
        bar={<TopBar shell={mayRead ? shell : undefined} person={person} company={company} />}
        rail={<Rail person={person} current={path} />}
      >
        <Section key={company ? 'known' : 'waiting'} what="This page" retryOn={path}>
          {person && needs !== undefined && !mayDo(person, needs) ? <ForbiddenPage person={person} permission={needs} /> : <Outlet />}
        </Section>
      </Frame>
    </ShellContext.Provider>
  );
}
