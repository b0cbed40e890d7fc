import { createPinia } from 'pinia';
import { createApp } from 'vue';
import type { Component } from 'vue';
import { z } from 'zod';
import { bridgeKey } from '#renderer/bridge/use-bridge.ts';
import type { WindowBridge } from '#renderer/bridge/window-bridge.ts';
import { chooseLocale, createLocales } from '#renderer/locales/create-locales.ts';
import { audioControlsKey } from '#renderer/media/audio-controls.ts';
import { startAudio } from '#renderer/media/start-audio.ts';
import App from './App.vue';

/** The window's composition root: stores listen before the bridge opens, so that no event is missed. */
export function startWindow(bridge: WindowBridge, root: Component = App): void {
  // zod compiles validators by `new Function` where it may; the page's Content-Security-Policy says that it may not.
  z.config({ jitless: true });
  const app = createApp(root);
  const locales = createLocales(chooseLocale('system', navigator.languages));
  app.use(createPinia());
  app.use(locales);
  app.provide(bridgeKey, bridge);
  app.provide(audioControlsKey, app.runWithContext(() => startAudio(bridge)));
  app.mount('#app');
  bridge.start();
}
