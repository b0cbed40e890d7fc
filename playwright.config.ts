import { defineConfig } from '@playwright/test';
import { findBrowser, thisMachine } from './web/browser.ts';
import { browserSwitches } from './test/support/browser-switches.ts';

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  // Calls are in real time, on two cores.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    locale: 'en-US',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: findBrowser(thisMachine()) ?? undefined,
      args: browserSwitches(),
    },
  },
});
