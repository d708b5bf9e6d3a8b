import { useState } from 'react';
import { visibleText } from '../../format/text.js';
import { mayDo, useShell } from '../../shell/live-context.js';
import { changePause } from './api.js';
import { ReasonForm } from './reason-form.js';

/** Pauses a target or resumes it, each with a reason and after a second look; nothing for whoever may do neither. */
export function PauseControl({ target, isPaused }: { readonly target: string; readonly isPaused: boolean }) {
  const { person } = useShell();
  const [asked, setAsked] = useState(false);
  if (!mayDo(person, 'targets.manage')) return null;
  const shown = visibleText(target, 60);
  const action = isPaused ? 'Resume' : 'Pause';
  if (!asked)
    return (
      <button type="button" aria-label={`${action} ${shown}`} onClick={() => setAsked(true)}>
        {action}
      </button>
    );
  return (
    <ReasonForm
      action={isPaused ? 'Resume it' : 'Pause it'}
      label={`${action} ${shown}`}
      effect={
        isPaused
          ? `${shown} is sent what waits for it, within half a minute.`
          : `Nothing new is begun at ${shown} until it is resumed, also after a restart. What was sent already ends as it would.`
      }
      hint={isPaused ? 'Kept in the audit trail.' : 'Shown to everybody who looks at the target, and kept in the audit trail.'}
      onSend={async (reason) => {
        await changePause(target, isPaused ? 'resume' : 'pause', reason);
        setAsked(false);
      }}
      onCancel={() => setAsked(false)}
    />
  );
}
