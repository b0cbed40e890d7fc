import { defineAsyncComponent } from 'vue';
import type { AsyncComponentLoader, Component } from 'vue';
import PartMissing from './PartMissing.vue';

/** A component that is loaded when it is first needed; where that fails, it says so with the next step. */
export function loadPart<Part extends Component>(loader: AsyncComponentLoader<Part>): Part {
  return defineAsyncComponent({ loader, errorComponent: PartMissing });
}
