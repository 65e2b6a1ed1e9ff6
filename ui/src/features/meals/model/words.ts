/** A card in words: what is missing, what is wrong, how long still. */
import type { MealCard, MealGap, MealProblem, MealStage } from '@/backend'
import { useTimeFormat } from '@/shared/format/time'
import { CATEGORIES, useMealNames } from '@/shared/meals/names'
import { useTexts } from '../texts'
import { standing } from './stages'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

export const CATEGORY_WORDS: readonly string[] = Object.keys(CATEGORIES)

/** How many dishes are named in a line. */
const NAMED = 4

export function useMealWords() {
  const { t, te } = useTexts()
  const time = useTimeFormat()

  const { meal: type, category, list } = useMealNames()
  const line = (parts: readonly (string | null | undefined | false)[]) =>
    parts.filter(Boolean).join(t('shared.dot'))
  /** Several names in a line; of many the first, and how many there are. */
  function names(all: readonly string[]): string {
    const shown = list(all.slice(0, NAMED))
    return all.length > NAMED ? t('meals.and_more', { names: shown, n: all.length }) : shown
  }

  const textOf = (group: 'gap' | 'problem', code: string, what: string) => {
    const name = code.replaceAll('-', '_')
    const key = `meals.${group}.${name}`
    if (what === '' && te(`${key}_some`, 'zh')) return t(`${key}_some`)
    return te(key, 'zh') ? t(key, { what }) : line([code, what])
  }
  const gap = ({ code, what }: Pick<MealGap, 'code' | 'what'>) => textOf('gap', code, what)
  const problem = ({ code, what }: Pick<MealProblem, 'code' | 'what'>) => textOf('problem', code, what)

  /** What is missing of a stage, in one line: things of one sort stand behind one word. */
  function gapsLine(missing: readonly MealGap[]): string {
    const codes = [...new Set(missing.map(({ code }) => code))]
    const words = codes.map((code) => {
      const own = missing.filter((one) => one.code === code)
      const what = names(own.map((one) => one.what).filter((name) => name !== ''))
      return textOf('gap', code, what)
    })
    return line(words)
  }

  /** What was done at a stage, in one line. */
  function summary({ stage }: MealStage, card: MealCard): string {
    const dishes = standing(card.dishes)
    switch (stage) {
      case 'menu':
        return names(dishes.map(({ name }) => name))
      case 'delivery':
      case 'arrival': {
        const lines = card.deliveries.reduce((sum, one) => sum + one.lines, 0)
        const rejected = card.deliveries.reduce((sum, one) => sum + one.rejected, 0)
        return card.deliveries.length === 0
          ? ''
          : line([
              t('meals.sum.lines', { n: lines }, lines),
              rejected > 0 && t('meals.sum.rejected', { n: rejected }),
            ])
      }
      case 'check': {
        const works = card.people.filter(({ state }) => state === 'works').length
        const out = card.people.filter(({ state }) => state === 'out').length
        return card.people.length === 0
          ? ''
          : line([t('meals.sum.works', { n: works }, works), out > 0 && t('meals.sum.out', { n: out })])
      }
      case 'cook': {
        const last = dishes.flatMap(({ readings }) =>
          readings.filter(({ what }) => what === '中心温度').slice(-1),
        )
        return last.length === 0 ? '' : `${last.map(({ c }) => c).join(t('shared.dot'))} ℃`
      }
      case 'sample':
        return samplesOf(card)
      case 'accompany':
        return names(card.accompanied.flatMap(({ by }) => by.map(({ name }) => name ?? t('shared.no_name'))))
      case 'issue':
        return classesOf(card, ({ issued }) => issued !== null)
      case 'leftover':
        return classesOf(card, ({ leftover }) => leftover !== null)
      case 'disinfect':
        return line(
          card.disinfections
            .slice(-1)
            .flatMap(({ method, started_at, ended_at }) => [
              method,
              `${time.clock(started_at)}–${time.clock(ended_at)}`,
            ]),
        )
      case 'dispose': {
        const first = card.clocks.filter(({ state }) => state === 'waiting').map(({ ready_at }) => ready_at)
        const at = first.find((ready) => ready !== null)
        return at == null ? '' : t('meals.sum.ready_from', { at: time.moment(at) })
      }
      default:
        return ''
    }
  }
  function samplesOf(card: MealCard): string {
    const due = standing(card.dishes).filter(({ needs_sample }) => needs_sample)
    const have = due.filter(({ has_sample }) => has_sample).length
    return due.length === 0 ? '' : `${have} / ${due.length}`
  }
  function classesOf(card: MealCard, isTold: (issue: MealCard['issues'][number]) => boolean): string {
    const told = card.issues.filter(isTold).length
    return told === 0 ? '' : t('meals.sum.classes', { n: told, of: card.issues.length })
  }

  /** How long a meal is from service, or past it. */
  function toService(planned: number, now: number): { text: string; minutes: number } {
    const minutes = Math.floor((planned - now) / MINUTE_MS)
    const away = Math.abs(minutes)
    const text =
      away >= 120
        ? t('meals.hours', { n: Math.floor((away * MINUTE_MS) / HOUR_MS) })
        : t('meals.minutes', { n: away })
    return { text, minutes }
  }
  return { type, category, list, line, names, gap, gapsLine, problem, summary, toService }
}
