import { defineConfig } from 'vitest/config';
import vue from '@vitejs/plugin-vue';

export default defineConfig({
  test: {
    // Most tests wait for sockets and workers more than they compute.
    maxWorkers: 4,
    projects: [
      {
        test: {
          name: 'unit',
          setupFiles: ['test/support/leak-guard.ts'],
          environment: 'node',
          include: ['{contract,core,servers,web,cli,build,electron}/**/*.test.ts', 'test/{support,crash}/**/*.test.ts'],
        },
      },
      {
        plugins: [vue()],
        // Style sheets are read by the test of their contrast. A window is made once a worker, not once a file.
        test: {
          name: 'renderer',
          environment: 'happy-dom',
          pool: 'vmThreads',
          include: ['{renderer,addins}/**/*.test.ts'],
          css: true,
        },
      },
      {
        test: {
          name: 'scenarios',
          environment: 'node',
          include: ['test/scenarios/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Peers, relays and tone detectors share two cores: one file at a time keeps their clocks honest.
          fileParallelism: false,
        },
      },
    ],
  },
});
