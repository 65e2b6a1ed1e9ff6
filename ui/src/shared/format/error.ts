/** Errors in words. */
import { useI18n } from 'vue-i18n'
import type { CommandError } from '@/backend'

/** Gives the sentence for an error: by its code, with its details; an unknown code shows what the program said. */
export function useErrorText(): (error: CommandError) => string {
  const { t, te } = useI18n()
  return (error) => {
    const key = `error.${error.code.replaceAll('-', '_')}`
    if (te(key) || te(key, 'zh')) return t(key, { ...error.details, message: error.message })
    return t('error.unknown', { message: error.message })
  }
}
