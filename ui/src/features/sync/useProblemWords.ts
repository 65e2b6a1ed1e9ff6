/** What stopped something from being sent, in words. */
import type { Problem } from '@/backend'
import { useTexts } from './texts'

export function useProblemWords(): (problem: Problem) => string {
  const { t, te } = useTexts()
  return (problem) => {
    const slug = problem.type.split(':').at(-1)?.replaceAll('-', '_') ?? ''
    const key = `sync_problem.${slug}`
    if (te(key, 'zh')) return t(key)
    return t('sync_problem.unknown', { message: problem.detail ?? problem.title })
  }
}
