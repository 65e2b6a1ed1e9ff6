/** What stopped something from being sent, in words. */
import { useI18n } from 'vue-i18n'

/** A problem as the exchange keeps it. */
export interface Problem {
  type: string
  title?: string | null
  detail?: string | null
}

export function useProblemWords(): (problem: Problem) => string {
  const { t, te } = useI18n()
  return (problem) => {
    const slug = problem.type.split(':').at(-1)?.replaceAll('-', '_') ?? ''
    const key = `sync_problem.${slug}`
    if (te(key, 'zh')) return t(key)
    return t('sync_problem.unknown', { message: problem.detail ?? problem.title ?? slug })
  }
}
