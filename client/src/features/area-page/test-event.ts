import type { AreaEvent } from '@diemnong/contracts';

/** A step in force for tests, listed for 2026 and approved; `some` says what is otherwise. */
export function sampleEvent(some: Partial<AreaEvent>): AreaEvent {
  return {
    id: 'e',
    areaId: 'a',
    sequence: 1,
    type: 'listed',
    on: '2026-01-15',
    year: 2026,
    decisionNumber: null,
    decisionDate: null,
    note: null,
    reason: null,
    measure: null,
    conditions: null,
    files: [],
    supersedes: null,
    supersededBy: null,
    approval: 'approved',
    inForce: true,
    enteredBy: 'planner',
    enteredAt: '2026-01-15T02:00:00Z',
    decidedBy: null,
    decidedAt: null,
    decisionReason: null,
    canDecide: false,
    ...some,
  };
}
