import type { ErrorReport } from '#contract/errors.ts';
import type { DemoState } from '#renderer/bridge/demo-bridge.ts';
import { noSources, ownDirectory } from '#renderer/bridge/demo-directories.ts';
import { useScreenStore } from '#renderer/app/screen-store.ts';
import { useDirectoriesStore } from '#renderer/features/directories/directories-store.ts';
import { useSourceSetupStore } from '#renderer/features/directories/source-setup-store.ts';
import { sheetPreview } from './sample-sheet.ts';
import { sampleFiles, samplePreview, sampleSource, sampleSources } from './sample-sources.ts';

const withSources = (full: () => DemoState, part: Partial<DemoState['sources']>) => (): DemoState => ({
  ...full(),
  sources: { ...noSources(), preview: samplePreview, files: sampleFiles, ...part },
});

const problems: ErrorReport[] = [
  { code: 'entry.number-unreadable', values: { text: 'см. визитку', place: 'Клиенты.xlsx › Лист1!7' }, detail: null },
  { code: 'entry.cell-error', values: { text: '#Н/Д', place: 'Клиенты.xlsx › Лист1!8' }, detail: null },
];
const refused: ErrorReport = {
  ...{ code: 'directory.certificate-untrusted', values: { host: 'dc1.office.example' } },
  detail: 'SELF_SIGNED_CERT_IN_CHAIN',
};

/** The page of address books and its steps in all their states. */
export const sourceStates = (full: () => DemoState): Record<string, () => DemoState> => ({
  sources: withSources(full, { list: sampleSources() }),
  sourcesNone: withSources(full, {}),
  sourcesOne: withSources(full, { list: [ownDirectory({ entries: 38 }), sampleSource()] }),
  sourcesFailing: () => ({ ...withSources(full, {})(), broken: ['directories.list'] }),
  sourceKinds: withSources(full, {}),
  sourceFile: withSources(full, {}),
  sheetMapping: withSources(full, { preview: sheetPreview({ problems }) }),
  sheetMappingFolder: withSources(full, { preview: sheetPreview({ files: ['Клиенты.xlsx', 'Поставщики.xlsx'] }) }),
  sheetMappingNoHeader: withSources(full, { preview: sheetPreview({ headed: false }) }),
  ldapForm: withSources(full, {}),
  ldapFailing: withSources(full, { failures: { ldap: refused } }),
  cardDavParts: withSources(full, {}),
  oneCForm: withSources(full, {}),
  signInWaiting: withSources(full, {}),
  sourceFinish: withSources(full, {}),
  sourceImport: withSources(full, {}),
  importing: withSources(full, {
    list: [
      ownDirectory({ entries: 38, state: 'refreshing', progress: { done: 310, total: 1240 } }),
      ...sampleSources().slice(1, 2),
    ],
  }),
});

/** What a user has done by then; the stores stand for the clicks. */
export async function openSources(name: string): Promise<void> {
  useScreenStore().showSettings('people');
  const setup = useSourceSetupStore();
  await useDirectoriesStore()
    .load()
    .catch(() => undefined);
  const add = (kind: Parameters<typeof setup.choose>[0], fields: Partial<typeof setup.draft> = {}) => {
    setup.start({ kind: 'add' });
    setup.choose(kind);
    Object.assign(setup.draft, fields);
  };
  const file = { path: 'C:\\Users\\Olga\\Documents\\Клиенты.xlsx' };
  const ldap = { host: 'dc1.office.example', base: 'DC=office,DC=example' };
  if (name === 'sourceKinds') setup.start({ kind: 'add' });
  if (name === 'sourceFile') add('sheet');
  if (name.startsWith('sheetMapping')) add('sheet', file);
  if (name === 'ldapForm') add('ldap');
  if (name === 'ldapFailing') add('ldap', ldap);
  if (name === 'cardDavParts') add('carddav', { url: 'https://cloud.office.example' });
  if (name === 'oneCForm') add('onec');
  if (name === 'signInWaiting') add('graph');
  if (name === 'sourceFinish') add('sheet', file);
  if (name === 'sourceImport') setup.start({ kind: 'import' });
  if (name === 'signInWaiting' && setup.read.config) await setup.beginSignIn(setup.read.config);
  if (name.startsWith('sheetMapping') || ['ldapFailing', 'cardDavParts', 'sourceFinish'].includes(name))
    await setup.advance();
  if (name === 'sourceFinish') await setup.advance();
}
