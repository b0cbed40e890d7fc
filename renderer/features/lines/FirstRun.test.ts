import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import { useSessionStore } from '#renderer/app/session-store.ts';
import { sampleLine } from '#renderer/gallery/samples.ts';
import { settle, testWindow } from '#renderer/gallery/test-window.ts';
import FirstRun from './FirstRun.vue';

async function build() {
  const window = testWindow();
  window.run(() => useSessionStore());
  window.bridge.start();
  await settle();
  window.bridge.answer('lines.add', () => ({ lineId: 'line-1' }));
  window.bridge.answer('session.startDemo', () => ({}));
  const page = mount(FirstRun, { global: window.global });
  const register = async (registration: Partial<ReturnType<typeof sampleLine>['registration']>) => {
    const line = sampleLine();
    window.bridge.emit('lines.changed', { lines: [{ ...line, registration: { ...line.registration, ...registration } }] });
    await nextTick();
    await nextTick();
  };
  const fill = async () => {
    await page.get('[data-testid=line-domain]').setValue('pbx.example');
    await page.get('[data-testid=line-user]').setValue('101');
    await page.get('[data-testid=line-password]').setValue('secret');
    await page.get('form').trigger('submit');
    await settle();
  };
  return { ...window, page, register, fill };
}

describe('the first page', () => {
  it('connects with three fields and is done when the PBX has taken them', async () => {
    const { page, fill, register, commands } = await build();
    await fill();
    expect(commands('lines.add')).toMatchObject([{ account: { domain: 'pbx.example', user: '101' }, password: 'secret' }]);
    await register({ state: 'registering' });
    expect(page.emitted('done')).toBeUndefined();
    await register({ state: 'registered' });
    expect(page.emitted('done')).toHaveLength(1);
  });

  it('says what was wrong, and corrects the same line instead of adding another', async () => {
    const { page, fill, register, commands } = await build();
    await fill();
    await register({ state: 'refused', error: { code: 'line.wrong-password', values: {}, detail: 'SIP 403 Forbidden' } });
    expect(page.get('[data-testid=error-notice]').attributes('data-code')).toBe('line.wrong-password');
    await fill();
    expect(commands('lines.add')).toHaveLength(1);
    expect(commands('lines.update')).toMatchObject([{ lineId: 'line-1', password: 'secret' }]);
  });

  it('asks for what is missing before it asks the agent', async () => {
    const { page, commands } = await build();
    await page.get('form').trigger('submit');
    expect(page.findAll('[aria-invalid=true]')).toHaveLength(2);
    expect(commands('lines.add')).toEqual([]);
  });

  it('starts the built-in exchange', async () => {
    const { page, commands } = await build();
    await page.get('[data-testid=start-demo]').trigger('click');
    await settle();
    expect(commands('session.startDemo')).toHaveLength(1);
    expect(page.emitted('done')).toHaveLength(1);
  });
});
