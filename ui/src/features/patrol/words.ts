/** A round in words: which window, of which day, on which route. */
import { useBilingual } from '@/shared/format/bilingual'
import { useTimeFormat } from '@/shared/format/time'
import type { Run } from './model/contract'
import { useTexts } from './texts'

type Named = Pick<
  Run,
  'window' | 'window_name' | 'window_name_en' | 'route_name' | 'route_name_en' | 'day'
> & { from: number | null }

export function useRunWords() {
  const { t } = useTexts()
  const say = useBilingual()
  const time = useTimeFormat()
  const dot = () => t('shared.dot')
  const window = (run: Named) =>
    run.window === null ? t('patrol.walk.extra') : (say(run.window_name, run.window_name_en) ?? '')

  return {
    window,
    route: (run: Named) => say(run.route_name, run.route_name_en),
    /** `夜巡一 · 22:00` */
    title: (run: Named) => [window(run), time.clock(run.from)].filter(Boolean).join(dot()),
    /** `业务日 11-23 · 学校夜巡` */
    detail: (run: Named) =>
      [t('patrol.walk.business_day', { day: run.day.slice(5) }), say(run.route_name, run.route_name_en)].join(
        dot(),
      ),
  }
}
