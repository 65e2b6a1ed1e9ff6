/** The day as one line, in words: what a step of the plan says, and what the one next thing is. */
import { useI18n } from 'vue-i18n'
import type { Answer } from '@/backend'
import { useBilingual } from '@/shared/format/bilingual'
import { useTimeFormat } from '@/shared/format/time'

export type Today = Answer<'today.get'>
export type PlanStep = Today['plan'][number]
type FindingRow = Today['due'][number]

const MINUTE_MS = 60_000

/** The one next thing: a step of the day, or the finding that is due first when the day is done. */
export type NextThing =
  | { kind: 'step'; step: PlanStep }
  | { kind: 'finding'; finding: FindingRow }
  | { kind: 'done'; submitted: number }
  | { kind: 'nothing' }

/** @param waiting the findings that wait for the person, what is due first first. */
export function nextThing(today: Today, waiting: readonly FindingRow[]): NextThing {
  if (today.now) return { kind: 'step', step: today.now }
  const [finding] = waiting
  if (finding) return { kind: 'finding', finding }
  const submitted = today.counts.submitted_today
  return today.plan.length > 0 || submitted > 0 ? { kind: 'done', submitted } : { kind: 'nothing' }
}

/** Where a tap on a step leads: to its form, or to where one is begun. */
export function linkOf(step: PlanStep) {
  if (step.inspection) return { path: `/inspections/${step.inspection}` }
  const subject = step.subject ? { subject: step.subject } : {}
  return { path: '/inspections/new', query: { template: step.template, ...subject } }
}

/** How a step stands on the thread. */
export function markOf(step: PlanStep): 'done' | 'alert' | 'now' | 'open' | 'next' {
  if (step.state !== 'done') return step.state
  return step.detail.failed > 0 || step.detail.incomplete ? 'alert' : 'done'
}

/** A time that is left or over, for the large figure. */
export interface Countdown {
  figure: string
  caption: string
  isOver: boolean
}

/** Beyond this a countdown says less than the hour. */
const FAR_MS = 12 * 60 * MINUTE_MS

export function useDay() {
  const { t, te } = useI18n()
  const say = useBilingual()
  const time = useTimeFormat()

  const title = (step: PlanStep) => say(step.title, step.title_en)
  const often = ({ detail }: PlanStep) => say(detail.frequency, detail.frequency_en)
  const line = (parts: (string | null | undefined | false)[]) => parts.filter(Boolean).join(t('shared.dot'))

  /** What is said below the title. */
  function detail(step: PlanStep): string {
    const { answered, items, forms, percent, by, verdict, incomplete, is_older } = step.detail
    const many = forms > 1 && t('today.forms', { n: forms }, forms)
    if (step.state === 'done') {
      const how = verdict && te(`shared.verdict.${verdict}`, 'zh') ? t(`shared.verdict.${verdict}`) : ''
      return line([
        step.subject_name,
        many || t('today.answered', { n: answered, of: items }),
        percent ? `${how} ${t('today.percent', { n: percent })}`.trim() : how,
        incomplete && verdict !== 'incomplete' && t('today.incomplete'),
        by?.name,
      ])
    }
    if (answered > 0 || step.kind === 'inspection')
      return line([
        step.subject_name,
        many || t('today.answered', { n: answered, of: items }),
        by?.name && t('today.begun_by', { name: by.name }),
        is_older && t('today.older', { day: time.day(step.time) }),
      ])
    return line([step.subject_name, t('today.items', { n: items }, items), often(step)])
  }

  /** What stands left of the thread: when it was, or until when it is to be done. */
  function clock(step: PlanStep, dayEnd: number): string {
    if (step.time != null) return step.detail.is_older ? time.day(step.time) : time.clock(step.time)
    // Without a time of its own it stands for the whole day, and the column stays calm.
    if (step.until == null || step.until >= dayEnd - MINUTE_MS) return ''
    return time.clock(step.until)
  }

  function countdown(step: PlanStep, now: number): Countdown | null {
    if (step.until == null || step.kind === 'inspection') return null
    const left = step.until - now
    if (left > FAR_MS) return null
    const minutes = Math.max(1, Math.round(Math.abs(left) / MINUTE_MS))
    const isHours = minutes >= 90
    const figure = String(isHours ? Math.round(minutes / 60) : minutes)
    const unit = isHours ? 'hours' : 'minutes'
    return { figure, caption: t(left < 0 ? `today.over_${unit}` : `today.in_${unit}`), isOver: left < 0 }
  }

  return { title, detail, clock, countdown }
}
