import { contextBridge, ipcRenderer } from 'electron';
import type { AgentBridge } from '#contract/ipc/index.ts';
import { bridgeChannel } from '../channels.ts';
import { PortBridge } from './port-bridge.ts';

const bridge = new PortBridge();

ipcRenderer.on(bridgeChannel, (event) => {
  const [port] = event.ports;
  if (!port) return;
  bridge.attach({
    postMessage: (message) => port.postMessage(message),
    onMessage(listener) {
      port.onmessage = ({ data }) => listener(data);
    },
    onClose: (listener) => port.addEventListener('close', listener),
  });
});
ipcRenderer.send(bridgeChannel);

contextBridge.exposeInMainWorld('offhook', {
  call: (command, args) => bridge.call(command, args),
  on: (event, listener) => bridge.on(event, listener),
  onConnection: (listener) => bridge.onConnection(listener),
} satisfies AgentBridge);
