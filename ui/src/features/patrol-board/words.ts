/** A window in words. */
import type { PatrolCoverageRow as Row } from '@/backend'
import { useBilingual } from '@/shared/format/bilingual'
import { useTimeFormat } from '@/shared/format/time'
import { useSession } from '@/shared/state/session'
import { useSync } from '@/shared/state/sync'
import { stateOf } from './tone'
import { useTexts } from './texts'

const COUNTS = ['abnormal', 'late', 'entered', 'short', 'by_hand', 'claimed'] as const

export function useBoardWords() {
  const { t } = useTexts()
  const say = useBilingual()
  const time = useTimeFormat()
  const session = useSession()
  const sync = useSync()
  const asOf = () => {
    const at = sync.status.value?.last_success_at
    return at == null ? t('patrol_board.state.never') : time.clock(at)
  }

  return {
    window: (row: Row) => say(row.window_name, row.window_name_en),
    route: (row: Row) => say(row.route_name, row.route_name_en),
    /** `06:30-07:30` */
    span: ({ from, to }: Row) => `${time.clock(from)}-${time.clock(to)}`,
    points: ({ points, covered }: Row) => t('patrol_board.points', { n: covered, of: points }),
    state(row: Row): string {
      const n = row.points - row.covered
      return t(`patrol_board.state.${stateOf(row, session.isOffice.value)}`, { n, time: asOf() }, n)
    },
    /** What of the covered points is not as it should be; what is nought says nothing. */
    counts: (row: Row) =>
      COUNTS.filter((name) => row[name] > 0).map((name) => ({
        name,
        text: t(`patrol_board.counts.${name}`, { n: row[name] }),
      })),
    /** Whom the office waits for; empty where nothing is open. */
    waiting(row: Row): string {
      if (row.heard || !session.isOffice.value) return ''
      return row.waiting.length
        ? t('patrol_board.waiting', { names: row.waiting.join(t('patrol_board.comma')) })
        : t('patrol_board.waiting_unknown')
    },
    missed: (row: Row): string[] =>
      row.missed.map((zh, at) => {
        const name = say(zh, row.missed_en[at])
        const reason = (row.reasons[at] ?? []).join(t('patrol_board.comma'))
        return reason ? t('patrol_board.missed_one', { name, reason }) : name
      }),
  }
}
