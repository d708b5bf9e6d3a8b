import { useState } from 'react';
import type { FormEvent } from 'react';
import { messageOf } from '../shell/http.js';

/** State of a form: whether it is on its way, and what went wrong. */
export interface Submit {
  readonly busy: boolean;
  readonly problem: string | undefined;
  readonly onSubmit: (event: FormEvent) => void;
}

/** Sends a form by `work`. What was typed stays when it fails. */
export function useSubmit(work: () => Promise<void>): Submit {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    work()
      .catch((error: unknown) => setProblem(messageOf(error)))
      .finally(() => setBusy(false));
  };
  return { busy, problem, onSubmit };
}
