import type { OfficeHost } from './office-host.ts';

const longestBody = 20_000;

function readItem(item: Office.MessageRead, tell: (text: string) => void): void {
  const { subject = '', from, body } = item;
  const head = [from?.displayName ?? '', subject].filter((part) => part !== '').join('\n');
  body.getAsync(Office.CoercionType.Text, (result) => {
    const text = result.status === Office.AsyncResultStatus.Succeeded ? result.value : '';
    tell(`${head}\n${text}`.slice(0, longestBody));
  });
}

export function outlookHost(language: string): OfficeHost {
  return {
    kind: 'outlook',
    language,
    follow(listener) {
      const { mailbox } = Office.context;
      const look = () => {
        const item = mailbox.item as Office.MessageRead | undefined;
        if (!item) return listener('');
        readItem(item, (text) => {
          if (mailbox.item === item) listener(text);
        });
      };
      // A pinned pane stays while another message is opened.
      mailbox.addHandlerAsync(Office.EventType.ItemChanged, look);
      look();
    },
  };
}
