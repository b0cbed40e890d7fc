import '@fontsource-variable/inter/wght.css';
import './app/tokens.css';
import './app/base.css';
import { selectBridge } from './bridge/select-bridge.ts';
import { startWindow } from './app/start-window.ts';

void selectBridge().then(startWindow);
