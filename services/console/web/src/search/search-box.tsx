import { useCallback, useEffect, useRef, useState } from 'react';
import { useKeys } from '../shell/keys.js';
import { SearchForm } from './search-form.js';

/** The button that opens the search, and the search over the page. Ctrl-K or Cmd-K opens it, and `/`. */
export function SearchBox({ subject }: { readonly subject: string | undefined }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOpen, setOpen] = useState(false);
  const open = useCallback(() => {
    if (document.querySelector('dialog[open]')) return; // one question at a time
    dialog.current?.showModal();
    setOpen(true);
  }, []);
  const close = useCallback(() => dialog.current?.close(), []);
  useKeys({ '/': open });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== 'k') return;
      event.preventDefault(); // browsers have a search of their own there
      if (dialog.current?.open) close();
      else open();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [open, close]);
  return (
    <>
      <button type="button" className="search-button" aria-haspopup="dialog" onClick={open}>
        Search <kbd aria-hidden="true">/</kbd>
      </button>
      <dialog
        ref={dialog}
        className="search-dialog"
        aria-label="Search"
        onClose={() => setOpen(false)}
        onClick={(event) => event.target === event.currentTarget && close()}
      >
        {isOpen && <SearchForm subject={subject} onDone={close} />}
      </dialog>
    </>
  );
}
