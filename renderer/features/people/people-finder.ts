import { onScopeDispose, ref, shallowRef } from 'vue';
import type { AgentBridge, ListedPerson } from '#contract/ipc/index.ts';

const typingMilliseconds = 40;
const longestText = 200;

/** The best few people for a text that is being typed; the newest text wins. */
export function usePeopleFinder(bridge: Pick<AgentBridge, 'call'>, limit: number) {
  const people = shallowRef<readonly ListedPerson[]>([]);
  /** What `people` answers to. */
  const answered = ref('');
  let timer: ReturnType<typeof setTimeout> | null = null;
  let asked = 0;

  async function ask(text: string): Promise<void> {
    const mine = ++asked;
    // Nobody found says it as well as anything could here.
    const page = await bridge.call('people.list', { text, offset: 0, limit }).catch(() => null);
    if (mine === asked) [people.value, answered.value] = [page?.rows ?? [], text];
  }

  function find(typed: string): void {
    const text = typed.trim().slice(0, longestText);
    if (timer) clearTimeout(timer);
    timer = null;
    asked += 1;
    if (text === '') [people.value, answered.value] = [[], ''];
    else timer = setTimeout(() => void ask(text), typingMilliseconds);
  }
  onScopeDispose(() => timer && clearTimeout(timer));

  return { people, answered, find };
}
