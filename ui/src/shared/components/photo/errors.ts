/** Why a photo was not kept, in words. */
import { useI18n } from 'vue-i18n'

/** The sentence for a code of the photo's own, or of a command. */
export function useErrorKey(): (code: string | null) => string {
  const { t, te } = useI18n()
  return (code) => {
    const own = `photo.problem.${code ?? ''}`
    if (te(own, 'zh')) return t(own)
    const shared = `error.${code ?? ''}`
    return te(shared, 'zh') ? t(shared, { message: '' }) : t('photo.problem.unknown', { code: code ?? '' })
  }
}
