/** Which stage is open: what is to be done now by who works here, until they open another one. */
import type { MealCard, MealDish, MealStage, Permission } from '@/backend'

export type StageCode =
  | 'menu'
  | 'delivery'
  | 'check'
  | 'arrival'
  | 'cook'
  | 'sample'
  | 'accompany'
  | 'issue'
  | 'leftover'
  | 'disinfect'
  | 'dispose'

type May = (permission: Permission) => boolean

/** Whose work a stage is; one of them is enough. */
const WORK: Readonly<Record<StageCode, readonly Permission[]>> = {
  menu: ['manage_meals'],
  delivery: ['accept_delivery'],
  arrival: ['accept_delivery'],
  check: ['decide_morning_check', 'check_in_for_kitchen'],
  cook: ['record_temperature'],
  sample: ['keep_samples'],
  accompany: ['accompany_meal'],
  issue: ['issue_snacks'],
  leftover: ['issue_snacks'],
  disinfect: ['record_disinfection'],
  dispose: ['keep_samples'],
}

export const isStage = (code: string): code is StageCode => code in WORK

/** Whether somebody may do the work of a stage. */
export const isTheirs = (code: string, may: May): boolean => isStage(code) && WORK[code].some(may)

const isDue = ({ state }: Pick<MealStage, 'state'>) => state === 'now' || state === 'open'

/**
 * The stage that a card opens at: the first that is due and theirs. Of the checks of the kitchen's people a cook does only their
 * own, which no card tells, so it is not opened for them.
 */
export function openingOf(stages: readonly MealStage[], may: May): StageCode | null {
  const isOwn = ({ stage }: MealStage) =>
    stage === 'check' ? may('decide_morning_check') : isTheirs(stage, may)
  const found = stages.find((stage) => isDue(stage) && isOwn(stage))
  return found && isStage(found.stage) ? found.stage : null
}

/** How a stage stands on the thread. */
export function markOf(stage: MealStage, hasTrouble: boolean): 'done' | 'now' | 'open' | 'next' | 'alert' {
  if (stage.state === 'done') return hasTrouble ? 'alert' : 'done'
  return stage.state === 'now' || stage.state === 'open' ? stage.state : 'next'
}

/** The stage that a problem is about. */
const OF_STAGE: Readonly<Record<StageCode, readonly string[]>> = {
  menu: ['same-name', 'banned-dish'],
  delivery: [
    'supplier',
    'reject-reason',
    'licence',
    'papers',
    'sound',
    'label',
    'expired',
    'chilled',
    'frozen',
    'hot',
    'banned',
  ],
  arrival: [],
  check: ['unfit', 'unmeasured', 'to-mend'],
  cook: ['core', 'too-long', 'time-unknown'],
  sample: ['grams', 'box-twice', 'off-menu'],
  accompany: [],
  issue: [],
  leftover: ['kept-for-next'],
  disinfect: ['disinfect-short', 'disinfect-fails'],
  dispose: ['on-hold', 'early', 'age-unproved', 'hold-broken', 'disposed-on-hold', 'no-receipt', 'repeated'],
}

export const hasTrouble = ({ problems }: Pick<MealCard, 'problems'>, code: string): boolean =>
  isStage(code) && problems.some((problem) => OF_STAGE[code].includes(problem.code))

/** The dishes that are cooked: those that were not taken off. */
export const standing = (dishes: readonly MealDish[]): MealDish[] => dishes.filter(({ struck }) => !struck)

/**
 * The dish whose core temperature comes next: those that nobody has measured first, then those to be measured again.
 * @param isBusy whether a reading of it is on its way to the store
 */
export function nextCore(dishes: readonly MealDish[], isBusy: (dish: string) => boolean): MealDish | null {
  const due = standing(dishes).filter(({ id, needs_core }) => needs_core && !isBusy(id))
  return due.find(({ core }) => core === 'unmeasured') ?? due.find(({ core }) => core === 'failing') ?? null
}

/** The dish of which a sample comes next: those without any first, then those whose boxes are too light. */
export function nextSample(
  { dishes, samples }: Pick<MealCard, 'dishes' | 'samples'>,
  isBusy: (dish: string) => boolean,
): MealDish | null {
  const due = standing(dishes).filter(
    ({ id, needs_sample, has_sample }) => needs_sample && !has_sample && !isBusy(id),
  )
  const isLight = ({ id }: MealDish) => samples.some(({ dish }) => dish === id)
  return due.find((dish) => !isLight(dish)) ?? due[0] ?? null
}
