import type { PutItem } from './delivery-store.ts';

export const putItem = (key: string, changes: Partial<PutItem> = {}): PutItem => ({
  kind: 'onec',
  targetId: 'base',
  targetLabel: '1С',
  key,
  subject: `звонок ${key}`,
  payload: `{"callId":"${key}"}`,
  ...changes,
});
