import { useEffect, useState } from 'react';

/** `/` or `/payments/<id>`: deep links survive a reload because the server answers every path with the page. */
export interface Route {
  readonly paymentId: string | undefined;
}

export function parseRoute(path: string): Route {
  const match = /^\/payments\/([^/]+)$/.exec(path);
  return { paymentId: match?.[1] === undefined ? undefined : decoded(match[1]) };
}

/** A link that was cut in the middle of an escape stays as it is: an unknown id is said, a thrown error is a white page. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function pathOf(route: Route): string {
  return route.paymentId === undefined ? '/' : `/payments/${encodeURIComponent(route.paymentId)}`;
}

export function useRoute(): [Route, (route: Route) => void] {
  const [route, setRoute] = useState<Route>(() => parseRoute(window.location.pathname));
  useEffect(() => {
    const onPop = (): void => setRoute(parseRoute(window.location.pathname));
    window.addEventListener('popstate', onPop);
    return () => window.removeEventListener('popstate', onPop);
  }, []);
  const go = (next: Route): void => {
    window.history.pushState(null, '', pathOf(next));
    setRoute(next);
  };
  return [route, go];
}
