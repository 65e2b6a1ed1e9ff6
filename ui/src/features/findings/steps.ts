/** What a step needs, what is still missing, and what is told about steps that broke a rule or had no effect. */
import type { FindingView as Finding, NextStep, PhotoRef, PhotoView, StepView } from '@/backend'
import { halfWidth } from '@/shared/format/text'

export type { Finding, NextStep, StepView }

/** What a person fills in for a step. */
export interface StepDraft {
  note: string
  assignee: string
  /** As the campus's clock shows it, `2026-11-30T17:00`; empty for none. */
  due: string
  cost: string
  photos: PhotoRef[]
}

export const emptyDraft = (): StepDraft => ({ note: '', assignee: '', due: '', cost: '', photos: [] })

export type Part = 'note' | 'photos' | 'assignee' | 'due' | 'cost'
const PARTS: readonly Part[] = ['assignee', 'due', 'note', 'photos', 'cost']

/** Which parts a step asks for, in the order in which they stand on the sheet. */
export function partsOf(step: NextStep): { part: Part; isRequired: boolean }[] {
  return PARTS.filter((part) => step[part] !== 'none').map((part) => ({
    part,
    isRequired: step[part] === 'required',
  }))
}

/** A plain number of yuan; null for anything else. */
export function yuan(typed: string): string | null {
  const plain = halfWidth(typed).replace(/[元¥,\s]/g, '')
  return /^\d{1,9}(\.\d{1,2})?$/.test(plain) ? plain : null
}

/** The parts that are required and not filled in, or filled in badly. */
export function missingOf(step: NextStep, draft: StepDraft): Part[] {
  const isFilled: Record<Part, boolean> = {
    note: draft.note.trim() !== '',
    assignee: draft.assignee !== '',
    due: draft.due !== '',
    photos: draft.photos.length > 0,
    cost: draft.cost.trim() !== '',
  }
  return partsOf(step)
    .filter(({ part, isRequired }) =>
      part === 'cost' && isFilled.cost ? yuan(draft.cost) === null : isRequired && !isFilled[part],
    )
    .map(({ part }) => part)
}

/** The way from report to close: what brings a finding on is the one filled button. */
const ONWARDS: readonly string[] = ['assign', 'accept', 'fix', 'pass', 'close', 'restore', 'grant_extension']
/** What stands beside it; everything else is for when that way does not work, and one tap away. */
const BESIDE: readonly string[] = [...ONWARDS, 'return']
/** What is still to be done about a finding that is settled: all else would open it again, and is nobody's next thing. */
const SETTLED: readonly string[] = ['restore']

export interface Offered {
  /** In sight. */
  first: NextStep[]
  /** The one of them that brings the finding on, if one does. */
  onwards: NextStep | null
  rest: NextStep[]
}

/** Which steps stand in sight, and which are one tap away. */
export function offeredOf(finding: Pick<Finding, 'state' | 'next_steps'>, most: number): Offered {
  const isSettled = finding.state === 'closed' || finding.state === 'voided'
  const steps = finding.next_steps
  const first = steps.filter(({ code }) => (isSettled ? SETTLED : BESIDE).includes(code)).slice(0, most)
  return {
    first,
    onwards: first.find(({ code }) => ONWARDS.includes(code)) ?? null,
    rest: steps.filter((step) => !first.includes(step)),
  }
}

/** How a step stands on the thread. */
export function markOf(finding: Pick<Finding, 'breaches' | 'overruled'>, step: Pick<StepView, 'id'>) {
  const isTrouble =
    finding.breaches.some((breach) => breach.step === step.id) ||
    finding.overruled.some((overruled) => overruled.step === step.id)
  return isTrouble ? 'alert' : 'done'
}

/** Whether the person put it right and so has to leave the re-check to somebody else. */
export function waitsForAnother(finding: Finding, me: string | null): boolean {
  if (finding.state !== 'awaiting_recheck' || me === null) return false
  const mayPass = finding.next_steps.some(({ code }) => code === 'pass')
  return !mayPass && finding.steps.some(({ code, by }) => code === 'fix' && by.id === me)
}

/** The photos before and after the repair: those of the report, and those of the last repair that has some. */
export function pairOf(finding: Finding): { before: PhotoView[]; after: PhotoView[] } {
  const fixes = finding.steps.filter(({ code, photos }) => code === 'fix' && photos.length > 0)
  return { before: finding.photos, after: fixes.at(-1)?.photos ?? [] }
}
