import { loadSettings, onSettings } from '../settings/chrome-settings.ts';
import { isOnFor, type ExtensionSettings } from '../settings/settings.ts';
import type { DialAnswer, PageState, ToBackground, ToPage } from '../messages.ts';
import { Bubble } from './bubble.ts';
import { hearClicks, type ClickedNumber } from './clicks.ts';
import { HighlightPainter } from './highlight-painter.ts';
import { IdleWork } from './idle-work.ts';
import { Marks } from './marks.ts';
import { numberAtPoint } from './number-at-point.ts';
import { findNumbers } from './number-finder.ts';
import { PageReader } from './page-reader.ts';

// The composition root of the script that runs in every page.
const painter = HighlightPainter.open();
const marks = painter && new Marks(painter);
const bubble = new Bubble();
let dialling = false;

function words(answer: DialAnswer): string {
  return answer.outcome === 'failed' ? answer.sentence : chrome.i18n.getMessage(answer.outcome.replace('-', '_'));
}

async function dial({ text, link, rectangle }: ClickedNumber): Promise<void> {
  // A second click while the first is on its way is the same wish.
  if (dialling) return;
  dialling = true;
  try {
    const message: ToBackground = { kind: 'dial', number: text };
    const answer = await chrome.runtime.sendMessage<ToBackground, DialAnswer>(message);
    bubble.show(words(answer), rectangle);
    // Then the link goes the way that it would have gone without us.
    if (link !== null && (answer.outcome === 'no-host' || answer.outcome === 'not-running')) location.assign(link);
  } catch {
    // The extension was updated or taken away under this page, which knows nothing of the new one.
    stop();
  } finally {
    dialling = false;
  }
}

let stop = () => {};

function apply(settings: ExtensionSettings): void {
  stop();
  stop = () => {};
  if (!isOnFor(location.hostname, settings)) return;
  const find = (text: string) => findNumbers(text, settings.country);
  const reader = marks && new PageReader({ root: document.documentElement, marks, work: new IdleWork(), find });
  const deaf = hearClicks({
    numberAt: (x, y) => marks && numberAtPoint(marks, x, y),
    onDial: (clicked) => void dial(clicked),
  });
  reader?.start();
  stop = () => {
    reader?.stop();
    deaf();
    bubble.hide();
  };
}

chrome.runtime.onMessage.addListener((message: ToPage, sender, answer: (state: PageState) => void) => {
  // The popup asks the page; of its frames the outermost answers.
  if (sender.id === chrome.runtime.id && message.kind === 'page' && window === top)
    answer({ host: location.hostname, marks: marks?.count ?? 0 });
});
onSettings(apply);
void loadSettings().then(apply);
