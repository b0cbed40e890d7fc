import { callOperations } from './call-operations.ts';
import { dialOperations } from './dial-operations.ts';
import { lineOperations } from './line-operations.ts';
import { logOperations } from './log-operations.ts';
import type { OperationHandlers, OperationServices } from './operation-handlers.ts';
import { peopleOperations } from './people-operations.ts';

export type { OperationHandlers, OperationServices } from './operation-handlers.ts';

export function operationHandlers(services: OperationServices): OperationHandlers {
  return {
    ...lineOperations(services),
    ...callOperations(services),
    ...dialOperations(services),
    ...peopleOperations(services),
    ...logOperations(services),
  };
}
