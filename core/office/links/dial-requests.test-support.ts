import type { CommandArguments } from '#contract/ipc/index.ts';
import type { SettingsPatch } from '#contract/settings.ts';
import { openDesk } from '#core/calls/call-desk.test-support.ts';
import { RedialMemory } from '#core/calls/index.ts';
import type { PersonMatch } from '#core/contacts/index.ts';
import { silentLogger } from '#core/foundation/index.ts';
import { createMemoryStores } from '#core/settings/memory-stores.ts';
import { MemoryJsonDocument } from '#core/settings/memory-json-document.ts';
import { DocumentTrustedPrograms } from './document-trusted-programs.ts';
import { CalledCountries, DialRequests } from './index.ts';

const noNumber = { photo: null, number: null, numberCount: 0, directoryIds: [], role: '', department: '' };

/** A dial desk before a phone of memory parts. Anna has +7 495 123-45-67. */
export async function openDialDesk(changes: SettingsPatch = {}) {
  const desk = await openDesk();
  const { settings } = createMemoryStores({ areaCode: '495', ...changes });
  const services = { ...desk.services, numberRules: () => settings.values };
  const document = new MemoryJsonDocument();
  const trustedPrograms = new DocumentTrustedPrograms(document);
  const calledCountries = new CalledCountries(() => settings.values);
  const redial = new RedialMemory();
  let windows = 0;
  const anna: PersonMatch = {
    confidence: 'certain',
    person: { ...noNumber, id: 'anna', name: 'Анна Смирнова', firm: 'Ромашка' },
    label: '',
  };
  const dialDesk = new DialRequests({
    ...{ services, settings, redial, trustedPrograms, calledCountries },
    directory: { match: (number) => (number === '+74951234567' ? [anna] : []) },
    showWindow: () => void (windows += 1),
    logger: silentLogger,
  });
  const targets = () => desk.userAgents.flatMap(({ sessions }) => sessions.map(({ target }) => target));
  const open = (
    source: CommandArguments<'dialRequests.open'>['source'],
    text: string,
    origin: CommandArguments<'dialRequests.open'>['origin'] = null,
  ) => dialDesk.open({ source, text, origin });
  return {
    ...desk,
    dialDesk,
    settings,
    document,
    trustedPrograms,
    calledCountries,
    redial,
    services,
    targets,
    open,
    windows: () => windows,
  };
}

export const crm = { id: '/opt/crm/crm', name: 'CRM' };
export const firefox = { id: '/usr/lib/firefox/firefox', name: 'Firefox' };
