import type { AgentBridge } from '#contract/ipc/index.ts';
import { ElectronBridge } from './electron-bridge.ts';
import { redeemTicket } from './session-ticket.ts';
import { WebSocketBridge } from './websocket-bridge.ts';
import type { WindowBridge } from './window-bridge.ts';

declare global {
  interface Window {
    /** Exposed by Electron's preload; absent in a browser. */
    offhook?: AgentBridge;
  }
}

function openSocket(): WebSocket {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return new WebSocket(`${scheme}://${location.host}/bridge`);
}

/** A socket that is turned away tells a page no reason; the session's own address does. */
async function isRefused(): Promise<boolean> {
  try {
    const response = await fetch('/session', { credentials: 'same-origin', cache: 'no-store' });
    return response.status === 401 || response.status === 403;
  } catch {
    // The agent is away: not refused, only to be tried again.
    return false;
  }
}

/** The one place that knows which shell the window is in. */
export async function selectBridge(): Promise<WindowBridge> {
  if (window.offhook) return new ElectronBridge(window.offhook);
  // A fresh address in an old tab changes nothing but the hash: the page would stay where it was turned away.
  addEventListener('hashchange', () => location.hash.startsWith('#ticket=') && location.reload());
  await redeemTicket({ location, history, fetch: (...args) => fetch(...args) });
  return new WebSocketBridge({
    openSocket,
    isRefused,
    setTimer: (callback, milliseconds) => setTimeout(callback, milliseconds),
  });
}
