/** Times as the school writes them: the campus's time zone, 24 hours, 11月23日 in prose and 11-23 in tables. */
import { useI18n } from 'vue-i18n'
import { useSession } from '@/shared/state/session'

type Millis = number | null | undefined
const MINUTE = 60_000

/** Formats that were made before: making one takes longer than using it a hundred times. */
const formats = new Map<string, Intl.DateTimeFormat>()
function formatOf(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, options)
  formats.set(key, format)
  return format
}

export interface TimeFormat {
  /** `14:05` */
  clock: (at: Millis) => string
  /** `11-23` */
  day: (at: Millis) => string
  /** `11-23 14:05` */
  moment: (at: Millis) => string
  /** `11月23日 星期一` of a date like `2026-11-23` */
  longDate: (date: string) => string
  /** When a date like `2026-11-23` is over on the campus, in ms. */
  endOfDay: (date: string) => number
  /** The moment when the campus's clock shows `2026-11-23T14:05`; null for what is no time. */
  fromWall: (wall: string) => number | null
  /** `2026-11-23T14:05`, what the campus's clock shows at a moment. */
  toWall: (at: number) => string
  /** `8 分`, `3 小时`, `2 天` of a span in ms */
  span: (ms: number) => string
}

/** The formats for this campus and language. */
export function useTimeFormat(): TimeFormat {
  const { t, locale } = useI18n()
  const session = useSession()

  const parts = (at: number) => {
    const format = formatOf('en-GB', {
      timeZone: session.timeZone.value,
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
    return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  }
  /** What the clock on the campus's wall shows, like `2026-11-23T14:05:00`. */
  const wallOf = (at: number) =>
    formatOf('sv-SE', {
      timeZone: session.timeZone.value,
      dateStyle: 'short',
      timeStyle: 'medium',
    })
      .format(at)
      .replace(' ', 'T')
  function fromWall(wall: string): number | null {
    const asUtc = Date.parse(`${wall}Z`)
    if (Number.isNaN(asUtc)) return null
    return asUtc - (Date.parse(`${wallOf(asUtc)}Z`) - asUtc)
  }
  const shown = (at: Millis, show: (part: Record<string, string>) => string) =>
    at == null ? '' : show(parts(at))
  return {
    clock: (at) => shown(at, ({ hour, minute }) => `${hour}:${minute}`),
    day: (at) => shown(at, ({ month, day }) => `${month}-${day}`),
    moment: (at) => shown(at, ({ month, day, hour, minute }) => `${month}-${day} ${hour}:${minute}`),
    longDate: (date) => {
      const noon = new Date(`${date}T12:00:00Z`)
      const format = formatOf(locale.value === 'zh' ? 'zh-CN' : 'en-GB', {
        timeZone: 'UTC',
        month: locale.value === 'zh' ? 'numeric' : 'long',
        day: 'numeric',
        weekday: 'long',
      })
      // Engines differ in whether 月 and 日 are part of the figure.
      const part = Object.fromEntries(format.formatToParts(noon).map(({ type, value }) => [type, value]))
      return t('time.long_date', {
        month: (part.month ?? '').replace('月', ''),
        day: (part.day ?? '').replace('日', ''),
        weekday: part.weekday ?? '',
      })
    },
    endOfDay: (date) => fromWall(`${date}T24:00`) ?? Number.MAX_SAFE_INTEGER,
    fromWall,
    toWall: (at) => wallOf(at).slice(0, 16),
    span: (ms) => {
      const minutes = Math.max(1, Math.round(Math.abs(ms) / MINUTE))
      if (minutes < 60) return t('time.minutes', { n: minutes })
      if (minutes < 48 * 60) return t('time.hours', { n: Math.round(minutes / 60) })
      return t('time.days', { n: Math.round(minutes / 1440) })
    },
  }
}
