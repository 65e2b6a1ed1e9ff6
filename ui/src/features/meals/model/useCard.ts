/** One card and what its parts share: the answer, the drafts, the saves, the limits, and the way to change it. */
import { computed, inject, provide, type ComputedRef, type InjectionKey } from 'vue'
import { useBackend, type Backend, type MealArgument, type MealCard } from '@/backend'
import { argumentOf } from '@/shared/meals/key'
import { useQuery, type Query } from '@/shared/state/query'
import { useSession } from '@/shared/state/session'
import type { Unfinished } from '@/shared/state/unfinished'
import { useCardDrafts, type MealDrafts } from './drafts'
import { useLimits, type Limits } from './limits'
import { useNow } from './now'
import { createSaves, type Saves } from './saves'

/** What a card rests on. */
export const CARD_KINDS = [
  'meal',
  'menu',
  'campus',
  'setting',
  'food_sample',
  'sample_disposal',
  'temperature_reading',
  'morning_check',
  'return_to_work',
  'delivery',
  'delivery_line',
  'supplier',
  'supplier_licence',
  'disinfection_log',
  'snack_issue',
  'class_attendance',
  'inspection',
  'incident',
  'finding',
  'person',
  'role_grant',
  'area',
  'asset',
] as const

export interface CardContext {
  /** How the address names it. */
  key: string
  meal: MealArgument
  query: Query<MealCard>
  card: ComputedRef<MealCard>
  /** The time by the program's clock, ms. */
  now: ComputedRef<number>
  unfinished: Unfinished<MealDrafts>
  drafts: MealDrafts
  saves: Saves
  limits: ComputedRef<Limits>
  /** The kitchen that cooks it; undefined until it is known, null where the campus has none. */
  kitchen: ComputedRef<string | null | undefined>
  call: Backend['call']
}

const CARD: InjectionKey<CardContext> = Symbol('card')

/** Opens a card, inside the setup of its page. Its parts stand only once there is an answer. */
export function provideCard(key: string): CardContext {
  const meal = argumentOf(key)
  const backend = useBackend()
  const session = useSession()
  const query = useQuery('meal.card', () => (session.isSomebody.value ? meal : null), { kinds: CARD_KINDS })
  const areas = useQuery('area.list', () => ({ kind: 'kitchen' }), { kinds: ['area'] })
  const unfinished = useCardDrafts(key)
  /**
   * The card with what was just stored. News may have asked for it before that, and its answer come later: what is asked here is
   * newer than any of those, and takes their place.
   */
  async function settle() {
    await backend.call('meal.card', meal).then(query.set, query.reload)
  }
  const context: CardContext = {
    key,
    meal,
    query,
    card: computed(() => query.data.value as MealCard),
    now: useNow(() => query.data.value?.now),
    unfinished,
    drafts: unfinished.values,
    saves: createSaves(settle),
    limits: useLimits(meal.date ?? ''),
    kitchen: computed(
      () => meal.kitchen ?? (areas.data.value ? (areas.data.value.areas[0]?.id ?? null) : undefined),
    ),
    call: (name, args) => backend.call(name, args),
  }
  provide(CARD, context)
  return context
}

/** The card, inside the setup of one of its parts. */
export function useCard(): CardContext {
  const context = inject(CARD)
  if (!context) throw new Error('a part of a card stands outside of it')
  return context
}
