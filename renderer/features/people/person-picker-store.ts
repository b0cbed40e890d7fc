import { defineStore } from 'pinia';
import { useBridge } from '#renderer/bridge/use-bridge.ts';
import { usePeopleFinder } from './people-finder.ts';

const mostOffered = 8;

/** Whom a text means, where one person is to be picked; one picker is open at a time. */
export const usePersonPickerStore = defineStore('personPicker', () => usePeopleFinder(useBridge(), mostOffered));
