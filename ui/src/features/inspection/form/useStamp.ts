/** What is burnt into the photos of a form: when, where, and who took them. */
import { useI18n } from 'vue-i18n'
import type { PhotoSource } from '@/backend'
import { useTimeFormat } from '@/shared/format/time'
import { useSession } from '@/shared/state/session'
import type { Head } from '../types'

export type Stamp = (takenAt: number, source: PhotoSource, code?: string) => readonly string[]

export function useStamp(form: () => Head): Stamp {
  const { t } = useI18n()
  const time = useTimeFormat()
  const session = useSession()
  const year = (at: number) =>
    new Intl.DateTimeFormat('en-GB', { timeZone: session.timeZone.value, year: 'numeric' }).format(at)

  return (takenAt, source, code) => {
    const { subject_name, subject, title, template } = form()
    const filled = (parts: (string | null | undefined)[]) => parts.filter(Boolean).join(' · ')
    return [
      filled([
        `${year(takenAt)}-${time.moment(takenAt)}`,
        session.campus.value?.name,
        subject_name ?? subject,
      ]),
      filled([
        [title ?? template, code].filter(Boolean).join(' '),
        session.name.value,
        source === 'import' ? t('photo.imported') : '',
      ]),
    ]
  }
}
