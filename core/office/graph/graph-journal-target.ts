import type { JournalConfigOf } from '#contract/ipc/index.ts';
import {
  callMark,
  describeCall,
  type CallJournalTarget,
  type JournalledCall,
  type JournalLanguage,
} from '../journals/index.ts';
import { AppointmentShelf } from './appointment-shelf.ts';
import { GraphRequests, type GraphAccess } from './graph-requests.ts';
import type { JournalShelf } from './journal-shelf.ts';
import { TaskShelf } from './task-shelf.ts';

export interface GraphTargetOptions {
  access: GraphAccess;
  language: () => JournalLanguage;
}

/**
 * Calls as tasks of Microsoft To Do or as appointments, over Graph. Before an entry is made it is looked for: whoever
 * asks again may have lost the answer to the first time.
 */
export class GraphJournalTarget implements CallJournalTarget {
  private readonly requests: GraphRequests;
  private readonly shelf: JournalShelf;
  private readonly language: () => JournalLanguage;

  constructor({ write }: JournalConfigOf<'graph'>, { access, language }: GraphTargetOptions) {
    this.requests = new GraphRequests(access);
    this.shelf = write === 'task' ? new TaskShelf(this.requests) : new AppointmentShelf(this.requests);
    this.language = language;
  }

  async write(call: JournalledCall, reference: string | null, signal: AbortSignal): Promise<{ reference: string }> {
    const shelved = { call, mark: callMark(call.callId), description: describeCall(call, this.language()) };
    const known = reference ?? (await this.shelf.find(shelved, signal));
    if (known === null) {
      const made = await this.shelf.make(shelved, signal);
      if (made !== null) return { reference: made };
      // There was one; whoever deleted it since does not want another.
      const there = await this.shelf.find(shelved, signal);
      if (there === null) throw this.gone();
      return { reference: there };
    }
    if (!(await this.shelf.change(known, shelved, signal))) throw this.gone();
    return { reference: known };
  }

  async check(signal: AbortSignal): Promise<{ note: string }> {
    return { note: await this.shelf.name(signal) };
  }

  private gone() {
    return this.requests.failure('delivery.refused', 'the entry was deleted there');
  }
}
