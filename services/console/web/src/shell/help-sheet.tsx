import { useCallback, useRef, useState } from 'react';
import type { SignedIn } from '../identity/read-who-am-i.js';
import { keysSetting, keyTexts, pageKeys, useKeys } from './keys.js';
import { readSetting, storeSetting } from './settings.js';

/** The button for the list of keys, and the list. It acts on the keys of every page. */
export function HelpSheet({ person }: { readonly person: SignedIn | null }) {
  const sheet = useRef<HTMLDialogElement>(null);
  const [on, setOn] = useState(() => readSetting(keysSetting) !== 'off');
  const toggle = useCallback(() => (sheet.current?.open ? sheet.current.close() : sheet.current?.showModal()), []);
  useKeys({ ...pageKeys(person), '?': toggle });
  const change = (wanted: boolean): void => {
    storeSetting(keysSetting, wanted ? 'on' : 'off');
    setOn(wanted);
  };
  return (
    <>
      <button type="button" className="help" onClick={toggle}>
        Keys <kbd aria-hidden="true">?</kbd>
      </button>
      <dialog ref={sheet} className="help-sheet" aria-labelledby="help-title">
        <h2 id="help-title">Keys</h2>
        <dl>
          {keyTexts.map(([key, text]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
        <label className="check">
          <input type="checkbox" checked={on} onChange={(event) => change(event.target.checked)} /> Use single keys
        </label>
        <form method="dialog">
          <button type="submit">Close</button>
        </form>
      </dialog>
    </>
  );
}
