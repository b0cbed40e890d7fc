import '@fontsource-variable/inter/wght.css';
import '../app/tokens.css';
import '../app/base.css';
import { settingsPatch } from '#contract/settings.ts';
import { startWindow } from '#renderer/app/start-window.ts';
import { DemoBridge, emptyState } from '#renderer/bridge/demo-bridge.ts';
import { automationStates, openAutomations } from './automation-states.ts';
import { answerRecordings } from './demo-recordings.ts';
import RecordingGallery from './RecordingGallery.vue';
import { openPrograms, programStates } from './program-states.ts';
import { openSources, sourceStates } from './source-states.ts';
import { openSheets, sheetStates } from './sheet-states.ts';
import { states } from './states.ts';

// `gallery.html?state=inCall&theme=dark&language=en`; `window.demo` is there to play with and for screenshots.
const query = new URLSearchParams(location.search);
const name = query.get('state') ?? 'full';
const state = (states[name] ?? states['full']!)();
const patch = settingsPatch.parse({ theme: query.get('theme') ?? 'light', language: query.get('language') ?? 'ru' });
Object.assign(state.session.settings, patch);
const bridge = new DemoBridge(state);
bridge.answer('settings.set', ({ values }) => {
  Object.assign(state.session.settings, values);
  bridge.emit('settings.changed', { settings: { ...state.session.settings } });
  return {};
});
answerRecordings(bridge);
Object.assign(window, { demo: bridge });
// A part of the window that is best looked at by itself.
startWindow(bridge, name === 'recordings' ? RecordingGallery : undefined);
if (name in programStates(emptyState)) openPrograms(name);
if (name in sourceStates(emptyState)) void openSources(name);
if (name in automationStates(emptyState)) void openAutomations(name);
if (name in sheetStates(emptyState)) void openSheets(name, bridge);
setInterval(() => bridge.directories.step(), 700);
setInterval(() => bridge.sheets.walking.step(), 250);
