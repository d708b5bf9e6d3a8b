import { readRecord, readText } from '../recon/read-value.js';
import { forgetDrafts } from '../shell/drafts.js';
import { order } from '../shell/http.js';
import { navigate } from '../shell/navigation.js';
import { forgetPerson, sessionChanged } from './session.js';

/** Ends the session, or all of the person; at the identity provider as well, where the session began there. */
export async function signOut(everywhere = false): Promise<void> {
  const redirect = readText(readRecord(await order('post', '/identity/sign-out', {}, { everywhere })).redirect);
  if (redirect !== null) {
    window.location.assign(redirect);
    return;
  }
  forgetPerson();
  forgetDrafts();
  navigate('/sign-in');
  await sessionChanged();
}
