import type { DialAnswer, PhoneState, ToBackground } from '../messages.ts';
import { NativeHost } from './native-host.ts';

// The composition root of the background script: between the pages' scripts and the native host.
const host = new NativeHost(
  (name, message) => chrome.runtime.sendNativeMessage(name, message),
  chrome.i18n.getMessage('language'),
);
const longest = 256;

function answerTo(message: ToBackground): Promise<DialAnswer | PhoneState> | null {
  if (message.kind === 'state') return host.state();
  if (message.kind !== 'dial' || typeof message.number !== 'string') return null;
  return host.dial(message.number.slice(0, longest));
}

// Pages cannot send to us: nothing is externally connectable.
chrome.runtime.onMessage.addListener(
  (message: ToBackground, sender, answer: (given: DialAnswer | PhoneState) => void) => {
    const answered = sender.id === chrome.runtime.id ? answerTo(message) : null;
    void answered?.then(answer);
    return answered !== null;
  },
);
