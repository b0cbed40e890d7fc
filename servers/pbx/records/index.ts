export * from './call-record.ts';
export { MemoryCallRecords } from './memory-call-records.ts';
