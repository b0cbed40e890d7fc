import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { useNoticesStore } from '#renderer/app/notices-store.ts';
import { useSessionStore } from '#renderer/app/session-store.ts';
import { emptyState } from '#renderer/bridge/demo-bridge.ts';
import { sampleBackup, sampleReceipt, sampleRecordsStatus } from '#renderer/gallery/samples.ts';
import { settle, testWindow } from '#renderer/gallery/test-window.ts';
import RecordsSettings from './RecordsSettings.vue';
import RetentionNotice from './RetentionNotice.vue';

async function build(component: typeof RecordsSettings | typeof RetentionNotice) {
  const state = emptyState();
  state.housekeeping = { status: sampleRecordsStatus(), backups: [sampleBackup()], receipts: [] };
  const window = testWindow(state);
  window.run(() => useSessionStore());
  window.bridge.start();
  await settle();
  const page = mount(component, { global: window.global, attachTo: document.body });
  await settle();
  const confirm = async () => {
    document.querySelector<HTMLElement>('[data-testid=confirm]')!.click();
    await settle();
  };
  const dialog = () => document.querySelector('[role=alertdialog]')?.textContent?.replaceAll('\u00a0', ' ') ?? '';
  return { ...window, page, confirm, dialog, text: () => page.text().replaceAll('\u00a0', ' ') };
}

describe('the warning', () => {
  it('says what will be deleted, how much and when, before anything is', async () => {
    const { page, text } = await build(RetentionNotice);
    expect(text()).toContain(
      'Через 7 дней по вашим настройкам будет удалено: 1 240 звонков старше 01.01.2024 и 35 записей разговоров (1,2 ГБ).',
    );
    page.unmount();
  });

  it('keeps everything by one button, and deletes at once only after asking', async () => {
    const { page, commands, confirm, dialog } = await build(RetentionNotice);
    await page.get('[data-testid=retention-now]').trigger('click');
    await settle();
    expect(dialog()).toContain('1 240 звонков');
    expect(commands('records.deleteNow')).toHaveLength(0);
    await confirm();
    expect(commands('records.deleteNow')).toHaveLength(1);
    await page.get('[data-testid=retention-keep]').trigger('click');
    expect(commands('records.keep')).toHaveLength(1);
    page.unmount();
  });

  it('is not there when nothing goes', async () => {
    const { page, bridge } = await build(RetentionNotice);
    bridge.emit('records.changed', { status: sampleRecordsStatus({ warning: null }) });
    await settle();
    expect(page.find('[data-testid=retention-notice]').exists()).toBe(false);
    page.unmount();
  });
});

describe('the settings of records', () => {
  it('back up, and say where the file lies', async () => {
    const { page, bridge, commands, text } = await build(RecordsSettings);
    bridge.answer('records.backUp', () => sampleBackup({ file: '/backups/one.offhook-backup' }));
    await page.get('[data-testid=backup-recordings]').trigger('click');
    await page.get('[data-testid=backup-now]').trigger('click');
    await settle();
    expect(commands('records.backUp')).toEqual([{ recordings: true }]);
    expect(text()).toContain('/backups/one.offhook-backup');
    page.unmount();
  });

  it('restore only after showing what the file holds, and who would come back', async () => {
    const { page, bridge, commands, confirm, dialog } = await build(RecordsSettings);
    bridge.answer('records.inspectBackup', ({ file }) => ({ ...sampleBackup({ file }), erasedSince: 2 }));
    bridge.answer('records.restore', () => ({ saved: '/saved', lines: 0 }));
    await page.get('[data-testid=restore-path]').setValue('/elsewhere/x.offhook-backup');
    await page.findAll('form')[0]!.trigger('submit');
    await settle();
    expect(dialog()).toContain('48 102 звонка');
    expect(dialog()).toContain('После неё стёрты 2 человека');
    await confirm();
    expect(commands('records.restore')).toEqual([{ file: '/elsewhere/x.offhook-backup' }]);
    page.unmount();
  });

  it('erase a person only after showing what goes, and show the receipt', async () => {
    const { page, bridge, commands, confirm, dialog, text } = await build(RecordsSettings);
    const { erased } = sampleReceipt();
    bridge.answer('records.previewErasure', () => ({ ...erased, name: 'Иван Петров', partyKeys: ['+74951234567'] }));
    bridge.answer('records.erase', () => sampleReceipt());
    bridge.answer('records.receipts', () => [sampleReceipt()]);
    await page.get('[data-testid=erase-whom]').setValue('Петров');
    await page.findAll('form')[1]!.trigger('submit');
    await settle();
    expect(commands('records.previewErasure')).toEqual([{ whom: { text: 'Петров' } }]);
    expect(dialog()).toContain('14 звонков, 3 звонка с заметками');
    expect(commands('records.erase')).toHaveLength(0);
    await confirm();
    expect(commands('records.erase')).toEqual([{ whom: { partyKey: '+74951234567' }, confirmed: true }]);
    expect(text()).toContain('Следов в базе не осталось.');
    page.unmount();
  });

  it('show how far a work is, say a failure in words, and offer no second work meanwhile', async () => {
    const { page, bridge, text } = await build(RecordsSettings);
    bridge.emit('records.changed', { status: sampleRecordsStatus({ work: { kind: 'backUp', share: 0.42 } }) });
    await settle();
    expect(text()).toContain('Делается резервная копия… 42 %');
    expect(page.get('[data-testid=backup-now]').attributes('disabled')).toBeDefined();
    bridge.emit('records.changed', { status: sampleRecordsStatus() });
    bridge.answer('records.check', () => {
      throw new OffhookError('records.busy');
    });
    await settle();
    await page.get('[data-testid=records-check]').trigger('click');
    await settle();
    expect(useNoticesStore().notices).toMatchObject([{ error: { code: 'records.busy' } }]);
    page.unmount();
  });
});
