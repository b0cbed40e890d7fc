import { nextTick } from 'vue';
import { emptyState } from '#renderer/bridge/demo-bridge.ts';
import type { DemoState } from '#renderer/bridge/demo-bridge.ts';
import { sampleDirectories, samplePeople } from '#renderer/gallery/people-samples.ts';
import { settle, testWindow } from '#renderer/gallery/test-window.ts';

/** A window on an office whose directories know some people. */
export function peopleWindow(part: Partial<DemoState> = {}) {
  return testWindow({ ...emptyState(), directories: sampleDirectories(), people: samplePeople(), ...part });
}

/** Lets answers come, parts load, and what they change be drawn. */
export async function shown(): Promise<void> {
  for (let round = 0; round < 3; round++) {
    await settle();
    await nextTick();
  }
}

/** As it is read: which of the spaces bind, no test needs to know. */
export function plain(text: string | null | undefined): string {
  return (text ?? '').replaceAll('\u00a0', ' ');
}
