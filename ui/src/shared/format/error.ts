/** Errors in words. */
import { useI18n } from 'vue-i18n'
import type { CommandError } from '@/backend'

/**
 * Gives the sentence for an error: one that tells its details where there is one, else that of the Rust side's table; an unknown
 * code shows what the program said.
 */
export function useErrorText(): (error: CommandError) => string {
  const { t, te } = useI18n()
  return (error) => {
    const code = error.code.replaceAll('-', '_')
    const key = [`error.${code}`, `problem.${code}`].find((key) => te(key) || te(key, 'zh'))
    if (key !== undefined) return t(key, { ...error.details, message: error.message })
    return t('error.unknown', { message: error.message })
  }
}
