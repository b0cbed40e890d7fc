import '@fontsource-variable/inter/wght.css';
import '../app/tokens.css';
import '../app/base.css';
import { createPinia } from 'pinia';
import { createApp, h } from 'vue';
import { settingsPatch } from '#contract/settings.ts';
import { DemoBridge } from '#renderer/bridge/demo-bridge.ts';
import { bridgeKey } from '#renderer/bridge/use-bridge.ts';
import ExportMenu from '#renderer/features/export/ExportMenu.vue';
import PeopleExportMenu from '#renderer/features/people/PeopleExportMenu.vue';
import { createLocales } from '#renderer/locales/create-locales.ts';
import { sampleLoggedCall } from './samples.ts';

// `export-gallery.html?theme=dark&language=en&calls=2400`: the menu of exports alone, with an agent in memory; with
// `&people` that of people.
const query = new URLSearchParams(location.search);
const { theme, language } = settingsPatch.parse({
  theme: query.get('theme') ?? 'light',
  language: query.get('language') ?? 'ru',
});
const count = Number(query.get('calls') ?? 2400);
const newest = Date.UTC(2026, 10, 25, 9);
const calls = Array.from({ length: count }, (_each, index) => {
  const missed = index % 5 === 0 ? ({ disposition: 'missed', answeredAt: null } as const) : {};
  const names = { name: index % 4 === 0 ? null : `Собеседник Номер ${index}`, id: `record-${index}` };
  const long = 'Просит счёт до пятницы, перезвонить главному бухгалтеру. '.repeat(index % 9 === 0 ? 4 : 1);
  const annotation = {
    note: long,
    outcome: 'Договорились',
    followUpAt: null,
    snoozedUntil: null,
    followUpDoneAt: null,
    tags: ['опт'],
    personId: null,
  };
  return sampleLoggedCall(
    { offeredAt: newest - index * 600_000, ...names, ...missed },
    index % 3 === 0 ? { annotation } : {},
  );
});
const bridge = new DemoBridge();
bridge.answer('callLog.count', () => ({ count }));
bridge.answer('callLog.query', ({ after, limit = 100 }) => {
  const from = Number(after ?? 0);
  return { calls: calls.slice(from, from + limit), next: from + limit < count ? String(from + limit) : null };
});
bridge.answer('exports.start', () => ({ exportId: 'e1' }));
bridge.answer('exports.startPeople', () => ({ exportId: 'e1' }));
bridge.answer('exports.read', () => ({ chunk: btoa('a;b\r\n'), next: null }));
bridge.answer('exports.cancel', () => ({}));
Object.assign(window, { demo: bridge });
document.documentElement.dataset.theme = theme;
const app = createApp({
  render: () =>
    h(
      'div',
      { style: 'display: flex; justify-content: flex-end; padding: 16px' },
      query.has('people') ? h(PeopleExportMenu) : h(ExportMenu, { filter: { missedOpen: undefined, text: 'счёт' } }),
    ),
});
app.use(createPinia());
app.use(createLocales(language === 'en' ? 'en' : 'ru'));
app.provide(bridgeKey, bridge);
app.mount('#app');
