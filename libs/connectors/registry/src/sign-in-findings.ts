import { cannotBeKnown, finding, passed } from '@tributary/connector-kit';
import type { ErpFinding } from '@tributary/connector-kit';
import { erpOauthOf } from '@tributary/platform';
import type { KeptSignIn } from '@tributary/platform';

const dayMs = 86_400_000;
/** Time before its end at which a sign-in is worth a warning, ms. */
const warningMs = 7 * dayMs;

/** Whether a person is signed in at the issuer of a target, and until when. Nothing for a target whose tokens need nobody. @param now ms since the epoch. */
export function signInFindings(env: NodeJS.ProcessEnv, now: number): readonly ErpFinding[] {
  const oauth = erpOauthOf(env);
  if (!oauth?.refresh) return [];
  const { howToSignIn } = oauth.refresh;
  let kept: KeptSignIn | undefined;
  try {
    kept = oauth.refresh.read();
  } catch (error) {
    return [finding('check.sign-in-needed', 'login', `${(error as Error).message}.`, howToSignIn)];
  }
  if (!kept) return [finding('check.sign-in-needed', 'login', 'Nobody is signed in at the issuer.', howToSignIn)];
  const days = oauth.signInDays;
  const end = kept.endsAt === undefined ? Date.parse(kept.signedInAt) + (days ?? Number.NaN) * dayMs : Date.parse(kept.endsAt);
  if (Number.isNaN(end))
    return [
      cannotBeKnown(
        'login',
        'The end of the sign-in',
        'the issuer does not tell it',
        'Set ERP_OAUTH_SIGN_IN_DAYS to what the issuer documents.',
      ),
    ];
  const day = new Date(end).toISOString().slice(0, 10);
  if (end <= now) return [finding('check.sign-in-needed', 'login', `The sign-in ended on ${day}.`, howToSignIn)];
  if (end - now < warningMs) return [finding('check.sign-in-ends-soon', 'login', `The sign-in ends on ${day}.`, howToSignIn)];
  return [passed('login', `The sign-in at the issuer lasts until ${day}.`)];
}
