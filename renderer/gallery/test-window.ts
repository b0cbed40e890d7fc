import { createPinia, setActivePinia } from 'pinia';
import { createApp } from 'vue';
import type { Plugin } from 'vue';
import { DemoBridge } from '#renderer/bridge/demo-bridge.ts';
import type { DemoState } from '#renderer/bridge/demo-bridge.ts';
import { bridgeKey } from '#renderer/bridge/use-bridge.ts';
import { createLocales } from '#renderer/locales/create-locales.ts';
import type { LocaleName } from '#renderer/locales/create-locales.ts';

/** Stores, bridge and languages as the window has them, without the window: for tests. */
export function testWindow(state?: DemoState, locale: LocaleName = 'ru') {
  const bridge = new DemoBridge(state);
  const pinia = createPinia();
  const locales = createLocales(locale);
  const app = createApp({ render: () => null });
  app.provide(bridgeKey, bridge);
  app.use(pinia);
  app.use(locales);
  setActivePinia(pinia);
  const plugins: Plugin[] = [pinia, locales];
  return {
    bridge,
    /** For `mount(Component, { global })`. */
    global: { plugins, provide: { [bridgeKey as symbol]: bridge } },
    run: <T>(work: () => T): T => app.runWithContext(work),
    commands: (name: string) => bridge.calls.filter((call) => call.command === name).map((call) => call.args),
  };
}

/** Lets promises that are already settled go on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 40; turn++) await Promise.resolve();
}
