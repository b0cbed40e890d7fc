import { useI18n } from 'vue-i18n';
import type { CallSnapshot } from '#contract/ipc/index.ts';
import { useParty } from './use-party.ts';

type CalledParty = Pick<CallSnapshot, 'remote' | 'match'>;

/** Who a call is with: by the directories first, then by the name that came with the call, then by its number. */
export function useCallParty() {
  const { t } = useI18n();
  const party = useParty();
  const known = ({ remote, match }: CalledParty) => (match && !remote.withheld ? party.clean(match.person.name) : '');

  const title = (call: CalledParty) => known(call) || party.title(call.remote);

  /** For one line of text: with a word for how sure it is. */
  function titleInWords(call: CalledParty): string {
    const doubt = confidence(call);
    return doubt && known(call) ? t('person.doubt.name', { doubt, name: known(call) }) : title(call);
  }

  /** The number under a name; empty where the title is the number already. */
  function subtitle(call: CalledParty): string {
    const shown = party.number(call.remote);
    return title(call) === shown ? '' : shown;
  }

  /** The name that the caller sent, where the directories know another. */
  function nameSent(call: CalledParty): string {
    const sent = call.remote.withheld ? '' : party.clean(call.remote.name ?? '');
    return known(call) && sent !== known(call) ? sent : '';
  }

  /** Firm and role. */
  function about({ match, remote }: CalledParty): string {
    if (!match || remote.withheld) return '';
    return [match.person.firm, match.person.role].map(party.clean).filter(Boolean).join(' · ');
  }

  /** Empty for a match that is as sure as can be. */
  function confidence({ match }: CalledParty): string {
    const how = match?.confidence;
    return how === 'likely' || how === 'possible' ? t(`person.confidence.${how}`) : '';
  }

  /** Whose initials and photo stand for the call. */
  const faceName = (call: CalledParty) => (call.remote.withheld ? null : known(call) || call.remote.name);
  const photo = ({ match, remote }: CalledParty) => (remote.withheld ? null : (match?.person.photo ?? null));

  return {
    title,
    titleInWords,
    subtitle,
    nameSent,
    about,
    confidence,
    faceName,
    photo,
    number: party.number,
    clean: party.clean,
  };
}
