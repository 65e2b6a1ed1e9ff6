/** The table of disinfection: how hot, how long and how strong each way must be, as a form shows it. */
import type { DisinfectionMethods } from '@/backend'

/** What is disinfected, in the order of the form. */
export const GROUPS = ['tableware', 'towels'] as const
export type Group = (typeof GROUPS)[number]
/** The ways by their stored words, each with the name of its text. */
export const WAYS = {
  蒸汽: 'steam',
  煮沸: 'boiling',
  红外消毒柜: 'infrared',
  消毒柜: 'cabinet',
  洗碗机: 'dishwasher',
  含氯浸泡: 'chlorine',
  集中消毒: 'outsourced',
  日晒: 'sun',
} as const
/** The limits, each with its unit. */
export const PARTS = { temp_c: '℃', minutes: 'min', chlorine_mg_l: 'mg/L' } as const
export type Part = keyof typeof PARTS
const PART_NAMES = Object.keys(PARTS) as Part[]

/** One way of disinfecting one sort of things; an empty limit is the one of the rule, or none where that has none. */
export interface MethodDraft {
  group: Group
  way: string
  temp_c: string
  minutes: string
  chlorine_mg_l: string
}

/** What the form begins with. */
export function methodsOf(value: DisinfectionMethods): MethodDraft[] {
  return GROUPS.flatMap((group) =>
    Object.entries(value[group]).map(([way, limits]) => ({
      group,
      way,
      temp_c: limits.temp_c ?? '',
      minutes: limits.minutes ?? '',
      chlorine_mg_l: limits.chlorine_mg_l ?? '',
    })),
  )
}

/** What a way can be held against: chlorine has no temperature, and only chlorine has a strength. */
export const partsOf = ({ way }: MethodDraft): Part[] =>
  way.startsWith('含氯') ? ['chlorine_mg_l', 'minutes'] : ['temp_c', 'minutes']

/** The limit of the rule; empty where it has none. */
export const floorOf = (rule: DisinfectionMethods, { group, way }: MethodDraft, part: Part) =>
  rule[group][way]?.[part] ?? ''

/** The table to be saved. */
export function givenMethods(drafts: readonly MethodDraft[], rule: DisinfectionMethods): DisinfectionMethods {
  const given: DisinfectionMethods = { tableware: {}, towels: {} }
  for (const draft of drafts) {
    const limits = PART_NAMES.map((part) => [part, draft[part].trim() || floorOf(rule, draft, part) || null])
    given[draft.group][draft.way] = Object.fromEntries(limits) as Record<Part, string | null>
  }
  return given
}

/** The limits of one way in words; nothing where it has none. */
export function limitWords(draft: MethodDraft): string {
  return PART_NAMES.filter((part) => draft[part])
    .map((part) => `${draft[part]} ${PARTS[part]}`)
    .join(' ')
}
