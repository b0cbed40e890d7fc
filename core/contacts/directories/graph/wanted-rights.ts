import type { GraphRight } from './graph-account.ts';

interface Account {
  clientId: string;
  tenant: string;
}

/**
 * What is wanted of accounts beside reading contacts, so that the next sign-in asks for it. Whoever wants something says
 * so whenever they begin to use it: nothing is kept.
 */
export class WantedRights {
  private readonly wanted = new Map<string, Set<GraphRight>>();

  want({ clientId, tenant }: Account, right: GraphRight): void {
    const name = JSON.stringify([clientId, tenant]);
    this.wanted.set(name, (this.wanted.get(name) ?? new Set()).add(right));
  }

  of({ clientId, tenant }: Account): GraphRight[] {
    return [...(this.wanted.get(JSON.stringify([clientId, tenant])) ?? [])].sort();
  }
}
