import type { DialCandidate, DialRequest } from '#contract/ipc/index.ts';
import type { DemoState } from '#renderer/bridge/demo-bridge.ts';
import { sampleCall } from './samples.ts';

export function sampleCandidate(part: Partial<DialCandidate> = {}): DialCandidate {
  return {
    ...{ text: '+74950000012,12', written: '8 (495) 000-00-12 доб. 12', display: '+7 495 000-00-12', extension: '12' },
    ...{ rules: ['trunk-prefix'], emergency: false, warnings: [], name: 'Ольга Демидова', refusal: null },
    ...part,
  };
}

export function sampleRequest(part: Partial<DialRequest> = {}): DialRequest {
  return {
    ...{ id: 'request', source: 'link', origin: { id: 'C:\\Program Files\\1cv8\\1cv8c.exe', name: '1С:Предприятие' } },
    ...{ canTrust: true, candidates: [sampleCandidate()], requestedAt: Date.now() },
    ...part,
  };
}

const london = sampleCandidate({
  ...{ text: '+442070000012', written: '+44 20 7000 0012', display: '+44 20 7000 0012', extension: null },
  ...{ rules: [], name: 'Harrison & Sons', warnings: ['international', 'unusual'] },
});
const plain = { extension: null, rules: [], name: '' };
const page = { id: 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe', name: 'Google Chrome' };
const hostile = '<img src=x onerror=alert(1)> \u202eцифры\u202c ' + 'Очень'.repeat(14);

/** What is asked before something from outside is dialled. */
export function diallingStates(full: () => DemoState): Record<string, () => DemoState> {
  const asking =
    (...requests: Partial<DialRequest>[]) =>
    (): DemoState => {
      const state = full();
      state.dialling.requests = requests.map((part, index) => sampleRequest({ id: `request-${index}`, ...part }));
      return state;
    };
  return {
    dialQuestion: asking({}),
    dialWarnings: asking({
      ...{ origin: page, canTrust: false },
      candidates: [
        sampleCandidate({
          ...{ text: '+8816000000012', written: '00 881 6 000 000 012', display: '+881 600 000 0012', ...plain },
          ...{ rules: ['international-prefix'], warnings: ['premium', 'international', 'satellite', 'unusual'] },
        }),
      ],
    }),
    dialFeatureCode: asking({
      candidates: [
        sampleCandidate({
          text: '*21*204#',
          written: '*21*204#',
          display: '*21*204#',
          ...plain,
          warnings: ['feature-code'],
        }),
      ],
    }),
    dialEmergency: asking({
      ...{ origin: page, canTrust: false },
      candidates: [sampleCandidate({ text: '112', written: '112', display: '112', ...plain, emergency: true })],
    }),
    dialSeveral: asking({
      ...{ source: 'selection', origin: null, canTrust: false },
      candidates: [
        sampleCandidate(),
        sampleCandidate({
          text: '+79160000042',
          written: '8-916-000-00-42',
          display: '+7 916 000-00-42',
          extension: null,
          name: '',
        }),
        london,
        sampleCandidate({
          ...{
            text: '+78090000012',
            written: '8 809 000-00-12',
            display: '+7 809 000-00-12',
            ...plain,
            warnings: ['premium'],
          },
          refusal: { code: 'dial.refused-premium', values: { number: '+7 809 000-00-12' }, detail: null },
        }),
      ],
    }),
    dialRefused: asking({
      ...{ origin: page, canTrust: false },
      candidates: [
        sampleCandidate({
          ...{ text: '', written: 'tel:+7495%0d%0aRoute', display: 'tel:+7495%0d%0aRoute', ...plain },
          refusal: { code: 'dial.refused-unreadable', values: { text: 'tel:+7495%0d%0aRoute' }, detail: null },
        }),
      ],
    }),
    dialMany: asking({}, { candidates: [london] }, { origin: page }, {}),
    dialHostile: asking({
      origin: { id: '/opt/x', name: hostile },
      candidates: [sampleCandidate({ name: hostile, written: hostile })],
    }),
    dialCopied: asking({ source: 'clipboard', origin: null, canTrust: false }),
    dialInCall() {
      const state = asking({})();
      state.session.calls = [sampleCall()];
      return state;
    },
    settingsLinks() {
      const state = full();
      state.dialling.trusted = [
        { id: 'C:\\Program Files\\1cv8\\8.3.25.1257\\bin\\1cv8c.exe', name: '1С:Предприятие' },
        { id: 'program:sklad', name: 'Учёт склада' },
      ];
      state.dialling.links.schemes = [
        { scheme: 'tel', ours: true, owner: 'Offhook' },
        { scheme: 'callto', ours: false, owner: 'Skype' },
        { scheme: 'sip', ours: false, owner: '' },
      ];
      return state;
    },
  };
}
