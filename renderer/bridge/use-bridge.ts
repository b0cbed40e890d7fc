import { inject } from 'vue';
import type { InjectionKey } from 'vue';
import type { WindowBridge } from './window-bridge.ts';

export const bridgeKey: InjectionKey<WindowBridge> = Symbol('bridge');

/** For stores only: they alone touch the bridge. */
export function useBridge(): WindowBridge {
  const bridge = inject(bridgeKey);
  if (!bridge) throw new Error('no bridge was provided to this window');
  return bridge;
}
