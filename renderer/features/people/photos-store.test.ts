import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope, ref } from 'vue';
import { samplePhoto } from '#renderer/gallery/sample-photo.ts';
import { settle } from '#renderer/gallery/test-window.ts';
import { usePhotosStore } from './photos-store.ts';
import { peopleWindow } from './people-window.test-support.ts';
import { usePhoto } from './use-photo.ts';

describe('photos', () => {
  const open = new Set<string>();
  beforeEach(() => {
    let last = 0;
    open.clear();
    vi.spyOn(URL, 'createObjectURL').mockImplementation(() => {
      open.add(`blob:${++last}`);
      return `blob:${last}`;
    });
    vi.spyOn(URL, 'revokeObjectURL').mockImplementation((url) => void open.delete(url));
  });
  afterEach(() => void vi.restoreAllMocks());

  it('are fetched once for all that show them', async () => {
    const window = peopleWindow({ photos: { face: samplePhoto } });
    const scope = effectScope();
    const urls = window.run(() => scope.run(() => [usePhoto(() => 'face'), usePhoto(() => 'face')])!);
    await settle();
    expect(urls.map(({ value }) => value)).toEqual(['blob:1', 'blob:1']);
    expect(window.commands('people.photo')).toEqual([{ photo: 'face' }]);
    scope.stop();
  });

  it('go with the person that is shown, and give their memory back where many were looked at', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `face-${index}`);
    const window = peopleWindow({ photos: Object.fromEntries(names.map((name) => [name, samplePhoto])) });
    const photo = ref<string | null>(null);
    const scope = effectScope();
    const url = window.run(() => scope.run(() => usePhoto(() => photo.value))!);
    for (const name of names) {
      photo.value = name;
      await settle();
    }
    expect(url.value).toBe('blob:100');
    expect(open.size).toBe(61);
    expect(open.has('blob:1')).toBe(false);
    scope.stop();
    expect(open.size).toBe(60);
  });

  it('that cannot be had are no trouble to anybody', async () => {
    const window = peopleWindow({ broken: ['people.photo'] });
    const photos = window.run(() => usePhotosStore());
    photos.hold('face');
    await settle();
    expect(photos.urlOf('face')).toBeNull();
  });
});
