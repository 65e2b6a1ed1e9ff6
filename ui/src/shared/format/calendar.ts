/** Days and times as reka's fields hold them, to and from the text that the screens keep. */
import { CalendarDate, Time, parseDate, parseTime } from '@internationalized/date'

/** A text that is none of its kind is as good as none: fields are shown empty then. */
function read<T>(parse: (text: string) => T, text: string): T | undefined {
  try {
    return text ? parse(text) : undefined
  } catch {
    return undefined
  }
}

export const toDay = (text: string): CalendarDate | undefined => read(parseDate, text)
export const fromDay = (day: { toString: () => string } | null | undefined): string =>
  // Years of four figures alone: what is being typed is no day yet.
  /^\d{4}-\d\d-\d\d/.exec(day?.toString() ?? '')?.[0] ?? ''

export const toTime = (text: string): Time | undefined => read(parseTime, text)
export const fromTime = (time: { toString: () => string } | null | undefined): string =>
  time?.toString().slice(0, 5) ?? ''

/** How calendars are named in a language of the screens. */
export const calendarLocale = (language: string): string => (language === 'zh' ? 'zh-CN' : 'en-GB')
