/** Taking part in a walk by the code on a colleague's screen. */
import type { CommandError } from '@/backend'
import { useErrorText } from '@/shared/format/error'
import { useTexts } from '../texts'

/** What every such code begins with, as a scanner may spell it. */
const WALK = /^\s*RW1\./i

/** Whether a code is that of a walk, and none of a point. */
export const isWalkCode = (code: string): boolean => WALK.test(code)

/** What reading a code came to: how many points it tells of, null where they cannot be told; or why it was refused. */
export type JoinedHere = { reached: number | null; error: null } | { reached: null; error: CommandError }

/** Says it. */
export function useJoinWords(): (joined: JoinedHere) => string {
  const { t } = useTexts()
  const textOf = useErrorText()
  return ({ reached, error }) => {
    if (error?.code === 'not-found') return t('patrol.join.no_route')
    if (error?.code === 'bad-arguments' && error.field === 'code') return t('patrol.join.no_code')
    if (error) return textOf(error)
    if (reached === null) return t('patrol.join.untold')
    return t('patrol.join.told', { n: reached }, reached)
  }
}
