/** Which windows of the day are shown, in which order, and what is said of each. */
import { useBilingual } from '@/shared/format/bilingual'
import { useTimeFormat } from '@/shared/format/time'
import { useSession } from '@/shared/state/session'
import { useSync } from '@/shared/state/sync'
import type { DueWindow } from '../model/contract'
import { useTexts } from '../texts'

/** How a window is drawn: `gap` where something is missing of what is over, which is never green. */
export type DueTone = 'now' | 'done' | 'gap' | 'later'

export function toneOf({ state, covered, points }: DueWindow): DueTone {
  if (state === 'due' || state === 'open') return 'now'
  if (state === 'later') return 'later'
  return state === 'done' && covered >= points ? 'done' : 'gap'
}

/** The one window that is walked next: the one that somebody is walking, else the one whose time it is, what ends first first. */
export function nowOf(windows: readonly DueWindow[]): DueWindow | null {
  const byEnd = [...windows].sort((a, b) => a.to - b.to)
  return byEnd.find(({ state }) => state === 'open') ?? byEnd.find(({ state }) => state === 'due') ?? null
}

export function useDueWords() {
  const { t } = useTexts()
  const say = useBilingual()
  const time = useTimeFormat()
  const session = useSession()
  const sync = useSync()

  /** A gap is told as what this device knows; only the office, when all have been heard from, calls it missed. */
  function missed({ heard }: DueWindow): string {
    if (session.isOffice.value) return t(heard ? 'patrol.due.state.missed' : 'patrol.due.state.unheard')
    const at = sync.status.value?.last_success_at
    return at == null
      ? t('patrol.due.state.unseen_ever')
      : t('patrol.due.state.unseen', { time: time.clock(at) })
  }

  return {
    name: (row: DueWindow) => say(row.window_name, row.window_name_en) ?? t('patrol.due.extra'),
    /** `06:30-07:30` */
    span: ({ from, to }: DueWindow) => `${time.clock(from)}-${time.clock(to)}`,
    route: (row: DueWindow) => say(row.route_name, row.route_name_en),
    points: ({ points, covered, state }: DueWindow) =>
      covered > 0 || state === 'done'
        ? t('patrol.due.covered', { n: covered, of: points })
        : t('patrol.due.points', { n: points }, points),
    state(row: DueWindow): string {
      if (row.state === 'missed') return missed(row)
      if (row.state === 'done' && row.covered < row.points) return t('patrol.due.state.gaps')
      return t(`patrol.due.state.${row.state}`)
    },
    begun: ({ run }: DueWindow) =>
      run ? t('patrol.due.begun_by', { name: run.by?.name ?? '', time: time.clock(run.at) }) : '',
  }
}
